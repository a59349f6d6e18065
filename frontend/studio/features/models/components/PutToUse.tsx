/** What a checkpoint may be put to: a way to each kind of work, the commands that serve it, and what it does already. */
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { type Serving, servingQuery } from "../api/serving";
import { WORK } from "../hooks/language-models";

const JOBS = ["judging", "merging", "stories"] as const;

function Commands({ commands, adapter }: Pick<Serving, "commands" | "adapter">) {
  return (
    <>
      <p>People wait for an interviewer, so that it needs a server. {adapter ? "This is an adapter (LoRA): vLLM takes it beside its base, any other server takes the two merged." : "Any of these starts one:"}</p>
      <dl className="commands">
        {commands.map(({ purpose, text, served_as: name }) => (
          <div key={text}>
            <dt>{purpose}</dt>
            <dd><code className="command">{text}</code>{name !== "" && <span className="work-hint">Asked for as <code>{name}</code></span>}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Ways({ serving }: { serving: Serving }) {
  const { slug, role } = useStudy();
  const to = (source: "checkpoint" | "endpoint") => `/studies/${slug}/models/language-models?checkpoint=${serving.checkpoint.id}&source=${source}`;
  return (
    <>
      <ul className="ways">
        {JOBS.map((work) => <li key={work}><strong>{WORK[work].name}</strong>: {may(role, "train") ? <StudioLink to={to("checkpoint")}>register it and choose it</StudioLink> : "an admin registers it"}. A job loads it from its folder.</li>)}
        <li><strong>{WORK.interview.name}</strong>: serve it as below, then {may(role, "train") ? <StudioLink to={to("endpoint")}>register the server and choose it</StudioLink> : "an admin registers the server"}.</li>
      </ul>
      <Commands commands={serving.commands} adapter={serving.adapter} />
    </>
  );
}

function Does({ serving }: { serving: Serving }) {
  if (serving.works.length === 0) return null;
  return (
    <>
      <h3>What it does in this study</h3>
      <ul>{serving.works.map(({ role, language_model: name, not_promoted: why }) => <li key={role}>{WORK[role].name}, as “{name}”{why !== "" && <>: <span className="words">{why}</span></>}</li>)}</ul>
    </>
  );
}

/** Draws the panel. */
export function PutToUse({ checkpoint }: { checkpoint: string }) {
  const { slug } = useStudy();
  const { data, error, refetch } = useQuery(servingQuery(slug, checkpoint));
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (!data) return null;
  const isPromoted = data.checkpoint.decision === "promoted";
  return (
    <section className="sheet" aria-label="Put to use">
      <h2>Put it to use</h2>
      {isPromoted
        ? <p>It is promoted: it may do any work that it can.</p>
        : <p className="badge-line is-warning">It is {data.checkpoint.decision === "rejected" ? "rejected" : "not promoted"}, so it does no work by itself. Whoever gives it some says why, and the reason stands wherever it works.</p>}
      <Does serving={data} />
      {data.writes ? <Ways serving={data} /> : <p>It scores responses and does not write: it judges in an audit, above, and does no other work.</p>}
    </section>
  );
}
