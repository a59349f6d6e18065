/** Where something that people said went: the data sets that lean on it, the runs on each, their checkpoints. */
import { useQuery } from "@tanstack/react-query";
import { frozenText, leaningQuery, type LeaningDataSet, type Something } from "@/studio/lib/leaning";
import { useStudy } from "@/studio/shell/routes";
import { ErrorState } from "./ErrorState";
import { StudioLink } from "./StudioLink";
import { Withdrawn } from "./Withdrawn";

function Runs({ models, runs }: { models: string; runs: LeaningDataSet["runs"] }) {
  if (runs.length === 0) return <p className="note">Nothing was trained on it yet.</p>;
  return (
    <ul>
      {runs.map(({ id, name, checkpoints }) => (
        <li key={id}>
          <StudioLink to={`${models}/runs/${id}`}>{name}</StudioLink>
          {checkpoints.length === 0 && <span className="note">, no checkpoint</span>}
          {checkpoints.map(({ id: saved, step }, place) => <span key={saved}>{place === 0 ? ": " : ", "}<StudioLink to={`${models}/checkpoints/${saved}`} aria-label={`${name}, checkpoint at step ${String(step)}`}>step {step}</StudioLink></span>)}
        </li>
      ))}
    </ul>
  );
}

function Found({ on }: { on: Something }) {
  const { slug } = useStudy();
  const { data, isPending, error, refetch } = useQuery(leaningQuery(slug, on));
  const models = `/studies/${slug}/models`;
  if (isPending) return <p className="note" role="status">The data sets are being looked up.</p>;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (data.length === 0) return <p className="note">No data set leans on this yet.</p>;
  return (
    <ul className="leaning">
      {data.map((row) => (
        <li key={row.id}>
          <p><StudioLink to={`${models}/data-sets/${row.id}`}>{row.name}</StudioLink> <span className="note">{frozenText(row)}</span></p>
          <Withdrawn people={row.withdrawals} />
          <Runs models={models} runs={row.runs} />
        </li>
      ))}
    </ul>
  );
}

interface LeaningDataSetsProps {
  on: Something;
  /** Which heading level the title has in its place. */
  level?: 2 | 3;
}

/** Draws the way on to models, or a sentence that there is none yet. */
export function LeaningDataSets({ on, level = 3 }: LeaningDataSetsProps) {
  const Title = `h${level}` as const;
  return (
    <section aria-label="Data sets that lean on this">
      <Title>Data sets that lean on this</Title>
      <Found on={on} />
    </section>
  );
}
