/** Stop and resume: each one tap, because the other undoes it. */
import { Button } from "@mantine/core";
import { StudioLink } from "@/studio/components/StudioLink";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useRunAction } from "../api/runs";
import type { Run } from "../api/types";
import { brokenBy } from "../hooks/alerts";
import { repeatAddress } from "../hooks/settings";
import { canResume, canStop } from "../hooks/states";

/**
 * Draws the one that the state allows. Stop asks a run to save and stop, or takes it out of the queue, and the bar says at once
 * that it does. It is one button that never goes: the focus would fall off it where the other took its place. A run that would come to the
 * same broken step again is offered as a clone with other settings in its place.
 */
export function StopOrResume({ run }: { run: Run }) {
  const { slug } = useStudy();
  const stop = useRunAction(slug, run.id, "stop");
  const resume = useRunAction(slug, run.id, "resume");
  const stops = canStop(run.state);
  if (!stops && !canResume(run)) return null;
  const broken = stops ? undefined : brokenBy(run);
  if (broken) return <Button renderRoot={(props) => <StudioLink to={repeatAddress(slug, run.id, broken.settings)} {...props} />}>Clone with changes</Button>;
  const busy = stops ? run.stopping || stop.isPending : resume.isPending;
  const press = (): void => {
    if (busy) return;
    if (stops) stop.mutate(undefined, { onSuccess: ({ state }) => { if (state === "cancelled") notify("It is out of the queue; Resume puts it back."); }, onError: notifyError });
    else resume.mutate(undefined, { onSuccess: () => { notify(run.step > 0 ? "It goes on from its last checkpoint." : "It waits in the queue."); }, onError: notifyError });
  };
  const word = stops ? (busy ? "Stopping" : "Stop") : "Resume";
  return <Button variant={stops ? "default" : "filled"} aria-disabled={busy || undefined} data-disabled={busy || undefined} onClick={press}>{word}</Button>;
}
