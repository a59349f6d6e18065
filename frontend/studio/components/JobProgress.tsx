/** How far a job is, and how it ended. */
import { Progress } from "@mantine/core";
import { hasEnded, type JobChanged, useJob } from "@/studio/lib/job";

const WORDS: Record<JobChanged["state"], string> = {
  queued: "Waiting for a worker",
  running: "Working",
  succeeded: "Done",
  failed: "Failed",
  cancelled: "Stopped",
};

interface JobProgressProps {
  slug: string;
  job: string;
  label: string;
  onEnd?: (job: JobChanged) => void;
}

/** Draws the job; its state is read out as it changes. */
export function JobProgress({ slug, job: id, label, onEnd }: JobProgressProps) {
  const job = useJob(slug, id, onEnd);
  const state = job?.state ?? "queued";
  return (
    <div className="job-progress" data-job-state={state}>
      <p role="status">
        <strong>{label}</strong> <span className={state === "failed" ? "badge is-bad" : state === "succeeded" ? "badge is-good" : "badge is-active"}>{WORDS[state]}</span>
      </p>
      {!hasEnded(job) && <Progress aria-label={label} value={100 * (job?.progress ?? 0)} />}
      {job?.message !== undefined && job.message !== "" && <p>{job.message}</p>}
    </div>
  );
}
