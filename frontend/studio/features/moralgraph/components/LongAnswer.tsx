/** An answer that a job may have to work out first: what stands there until it is known. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { JobProgress } from "@/studio/components/JobProgress";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";

interface Long<Found> {
  state: "ready" | "computing" | "failed";
  job: string | null;
  message: string;
  found: Found | null;
}

interface LongAnswerProps<Found> {
  result: UseQueryResult<Long<Found>>;
  /** What is worked out, in a few words. */
  label: string;
  children: (found: Found) => ReactNode;
}

/** Draws the answer once it is there. */
export function LongAnswer<Found>({ result, label, children }: LongAnswerProps<Found>) {
  const { slug } = useStudy();
  const { data, error, isPending, refetch } = result;
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (data.state === "failed") return <p className="figure-failed" role="alert">This could not be worked out. {data.message} New votes let it be tried again.</p>;
  if (data.state === "computing" && data.job !== null) return <JobProgress key={data.job} slug={slug} job={data.job} label={label} onEnd={() => { void refetch(); }} />;
  return data.found === null ? null : <>{children(data.found)}</>;
}
