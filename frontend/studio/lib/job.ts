/** A job of the server, followed while it works. */
import { useState } from "react";
import type { Schema } from "./schema";
import { useStream } from "./stream";

/** What a job says when it moves. */
export type JobChanged = Schema<"JobChanged">;

/** Whether nothing more will happen to it. */
export function hasEnded(job: Pick<JobChanged, "state"> | undefined): boolean {
  return job !== undefined && job.state !== "queued" && job.state !== "running";
}

/** The newest word of a job, from its first one on; `onEnd` is told once it ends. */
export function useJob(slug: string, id: string, onEnd?: (job: JobChanged) => void): JobChanged | undefined {
  const [job, setJob] = useState<JobChanged>();
  useStream<JobChanged>(`study/${slug}/job/${id}`, 0, ({ data }) => {
    setJob(data);
    if (hasEnded(data)) onEnd?.(data);
  });
  return job;
}
