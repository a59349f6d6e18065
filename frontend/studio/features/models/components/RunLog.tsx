/** What the trainer printed, kept after the run. */
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { runLogQuery } from "../api/runs";

/** Draws the end of the log. */
export function RunLog({ id }: { id: string }) {
  const { data, error, isPending } = useQuery(runLogQuery(useStudy().slug, id));
  if (isPending) return <TableSkeleton count={4} />;
  if (error) return <ErrorState error={error} />;
  return <pre className="run-log" tabIndex={0} aria-label="Log of the trainer">{data.text === "" ? "The trainer has printed nothing yet." : data.text}</pre>;
}
