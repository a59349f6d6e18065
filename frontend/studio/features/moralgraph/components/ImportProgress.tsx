/** Files that were sent: how far the job is that reads them, and then what they brought or would bring. */
import { useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { JobProgress } from "@/studio/components/JobProgress";
import { useStudy } from "@/studio/shell/routes";
import { type GraphImport, graphImportQuery, type GraphReport, useRefresh } from "../api/graph-imports";

/** What files brought, in one sentence. */
export function broughtText({ values, known_values: knownValues, edges, votes, known_votes: knownVotes, changed_votes: changed, withdrawn_votes: withdrawn, participants, contexts }: GraphReport): string {
  const known = [`${count(knownVotes)} known`, changed > 0 && `${count(changed)} in place of earlier ones`, withdrawn > 0 && `${count(withdrawn)} left out, of people who withdrew`].filter(Boolean).join(", ");
  const places = contexts.length > 0 ? `; new contexts: ${contexts.join(", ")}` : "";
  return `${count(values)} values (${count(knownValues)} known), ${count(edges)} steps with counts and ${count(votes)} votes of ${count(participants)} people (${known})${places}.`;
}

function Report({ row, report }: { row: GraphImport; report: GraphReport }) {
  return (
    <div role="status">
      <p>{row.dry_run ? "These files would bring" : "These files brought"} <bdi>{broughtText(report)}</bdi></p>
      {row.dry_run && report.first.length > 0 && <p>The first values: <bdi>{report.first.join(" · ")}</bdi></p>}
      {row.warnings.length > 0 && <ul>{row.warnings.map((warning) => <li key={warning}>{warning}</li>)}</ul>}
    </div>
  );
}

/** Draws the job, and what came of it. */
export function ImportProgress({ sent }: { sent: GraphImport }) {
  const { slug } = useStudy();
  const { data: row = sent } = useQuery(graphImportQuery(slug, sent.id));
  const refresh = useRefresh(slug);
  return (
    <>
      {sent.job !== null && <JobProgress slug={slug} job={sent.job} label={`${sent.dry_run ? "Look at" : "Import of"} ${sent.filename}`} onEnd={() => { void refresh(); }} />}
      {row.report && <Report row={row} report={row.report} />}
    </>
  );
}
