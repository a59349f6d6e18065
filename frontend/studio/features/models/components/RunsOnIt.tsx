/** What was trained on a data set: the way from people's answers on to models. */
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { runsQuery } from "../api/runs";
import { RunsTable } from "./RunsTable";

/** Draws the runs, or says that there are none yet. */
export function RunsOnIt({ dataSet }: { dataSet: string }) {
  const { slug } = useStudy();
  const { data } = useQuery(runsQuery(slug));
  if (data === undefined) return null;
  const runs = data.filter(({ data_set: on }) => on === dataSet);
  return (
    <section className="part" aria-label="Runs on it">
      <h2>Runs on it</h2>
      {runs.length === 0 ? <p className="note">Nothing was trained on it yet.</p> : <RunsTable runs={runs} />}
    </section>
  );
}
