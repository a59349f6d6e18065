/** Clone, train next or elsewhere: offered where the state and the role allow them. */
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { useElsewhere, useRunAction } from "../api/runs";
import type { Run } from "../api/types";
import { repeatAddress } from "../hooks/settings";
import { canLeave } from "../hooks/states";

/** Draws the buttons. */
export function RunActions({ run }: { run: Run }) {
  const { slug, role } = useStudy();
  const navigate = useNavigate();
  const first = useRunAction(slug, run.id, "first");
  const clone = useRunAction(slug, run.id, "clone");
  const leave = useElsewhere(slug, run.id, "POST");
  if (!may(role, "train")) return <p className="note">Admins stop, resume and clone runs.</p>;
  return (
    <>
      {run.place !== null && run.place > 1 && (
        <Button variant="default" loading={first.isPending} onClick={() => { first.mutate(undefined, { onSuccess: () => { notify("This run is next."); }, onError: notifyError }); }}>Train next</Button>
      )}
      {canLeave(run) && (
        <Button variant="default" loading={leave.isPending} onClick={() => { leave.mutate(undefined, { onSuccess: () => { notify("Download its folder, and train it on another machine."); }, onError: notifyError }); }}>Train elsewhere</Button>
      )}
      <Button variant="default" loading={clone.isPending} onClick={() => { clone.mutate(undefined, { onSuccess: ({ id }) => { void navigate({ to: `/studies/${slug}/models/runs/${id}` as string }); }, onError: notifyError }); }}>Clone</Button>
      <Button variant="subtle" renderRoot={(props) => <StudioLink to={repeatAddress(slug, run.id)} {...props} />}>Clone with changes</Button>
    </>
  );
}
