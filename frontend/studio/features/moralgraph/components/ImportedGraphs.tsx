/** The graphs that came in from elsewhere: where from, how far, what they brought, and the way out again. */
import { Button } from "@mantine/core";
import { JobProgress } from "@/studio/components/JobProgress";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { type GraphImport, useRefresh, useTakeOut } from "../api/graph-imports";
import { broughtText } from "./ImportProgress";
import { VotesButton } from "./VotesButton";

function TakeOut({ id, filename }: GraphImport) {
  const { slug } = useStudy();
  const out = useTakeOut(slug);
  const press = (): void => { out.mutate(id, { onSuccess: () => { notify("It is taken out. The same files bring it back."); }, onError: notifyError }); };
  return <Button variant="default" size="compact-sm" loading={out.isPending} aria-label={`Take ${filename} out`} onClick={press}>Take out</Button>;
}

/** Draws one line an import. */
export function ImportedGraphs({ rows, writes }: { rows: readonly GraphImport[]; writes: boolean }) {
  const { slug } = useStudy();
  const refresh = useRefresh(slug);
  return (
    <ul className="imported-graphs">
      {rows.map((row) => {
        const { id, filename, source, created_at: at, undone_at: undone, state, job, report, message } = row;
        const waits = state === "queued" || state === "running";
        return (
          <li key={id}>
            <bdi>{filename}</bdi> from <bdi>{source}</bdi>, {new Date(at).toLocaleString()}{undone !== null && ", taken out"}{" "}
            {writes && state === "done" && undone === null && <TakeOut {...row} />}
            {report && <p className="note"><bdi>{broughtText(report)}</bdi>{report.votes > 0 && undone === null && <> <VotesButton asked={{ imported: id }} title={`Votes of ${filename}`} label={`See the votes: ${filename}`} quiet>See the votes</VotesButton></>}</p>}
            {state === "refused" && <p><span className="badge is-bad">Refused</span> {message}</p>}
            {waits && job !== null && <JobProgress slug={slug} job={job} label={`Import of ${filename}`} onEnd={() => { void refresh(); }} />}
          </li>
        );
      })}
    </ul>
  );
}
