/** The first steps to a model, each with where it is taken: for a study that has no checkpoint yet. */
import { useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { auditsQuery } from "../api/checkpoints";
import { ruleQuery } from "../api/promotion";
import type { AuditRow, DataSetRow, RunRow } from "../api/types";

interface Step {
  title: string;
  text: string;
  done: string | null;
  link?: { to: string; text: string };
}

function whereBuilt(slug: string, audits: readonly AuditRow[]): Step["link"] {
  const [only, ...others] = audits;
  if (only && others.length === 0) return { to: `/studies/${slug}/discretion/${only.id}?part=set-up`, text: `Build one in “${only.title}”` };
  return { to: `/studies/${slug}/discretion`, text: only ? "Choose an audit" : "Begin an audit" };
}

function trained(runs: readonly RunRow[]): string | null {
  if (runs.length === 0) return null;
  return runs.length === 1 ? "One run" : `${count(runs.length)} runs`;
}

/** Draws the steps; the first that is not taken is the one to take. */
export function WayToModel({ dataSets, runs }: { dataSets: readonly DataSetRow[]; runs: readonly RunRow[] }) {
  const { slug, role } = useStudy();
  const audits = useQuery(auditsQuery(slug));
  const rule = useQuery(ruleQuery(slug));
  if (!audits.data || !rule.data) return null;
  const trains = may(role, "train");
  const steps: Step[] = [
    {
      title: "Build a data set",
      text: "The pairs of an audit, with people’s verdicts or the moral graph as the target.",
      done: dataSets.length === 0 ? null : `${count(dataSets.length)} built`,
      link: may(role, "write") ? whereBuilt(slug, audits.data) : undefined,
    },
    {
      title: "Say beforehand what a checkpoint must show",
      text: "Decisions on checkpoints are held against these conditions.",
      done: rule.data.set_at === null ? null : `Set on ${new Date(rule.data.set_at).toLocaleDateString()}`,
      link: { to: `/studies/${slug}/models#promotion`, text: trains ? "Set the conditions" : "See the conditions" },
    },
    {
      title: "Train",
      text: "A reward model or a language model, by one of seven methods; its figures appear as it goes.",
      done: trained(runs),
      link: trains && dataSets.length > 0 ? { to: `/studies/${slug}/models/runs/new`, text: "Launch a run" } : undefined,
    },
    {
      title: "See whether it learned",
      text: "Its checkpoint is measured on held-out pairs, beside its base, a coin and the longer response, and beside people.",
      done: null,
    },
  ];
  const next = steps.findIndex(({ done }) => done === null);
  return (
    <section className="part" aria-label="The way to a model">
      <h2>The way to a model</h2>
      <ol className="way">
        {steps.map(({ title, text, done, link }, at) => (
          <li key={title} className="way-step" aria-current={at === next ? "step" : undefined}>
            <h3>{title}</h3>
            <p>{text}</p>
            {done !== null && <p className="way-done">{done}</p>}
            {link && <StudioLink to={link.to}>{link.text}</StudioLink>}
          </li>
        ))}
      </ol>
    </section>
  );
}
