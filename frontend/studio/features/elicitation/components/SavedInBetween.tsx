/** Somebody else saved the protocol in between: what differs, and what can be done without losing either. */
import { Button, Group, Stack } from "@mantine/core";
import type { Protocol } from "../api/types";
import type { Theirs } from "../hooks/autosave";
import { placeWord } from "../hooks/lacks";

function download(protocol: Protocol, slug: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(protocol, null, 2)], { type: "application/json" }));
  link.download = `${slug}-my-draft.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Draws the choice; nothing is saved until it is made. */
export function SavedInBetween({ slug, mine, theirs }: { slug: string; mine: Protocol; theirs: Theirs }) {
  return (
    <section className="sheet advice" role="alert" aria-labelledby="between-title">
      <h2 id="between-title">Somebody else saved this protocol in between</h2>
      <Stack gap="sm">
        <p>Yours is kept in this window and is not saved. {theirs.differ.length === 0 ? "Both say the same." : `The two differ in: ${theirs.differ.map(placeWord).join("; ")}.`}</p>
        <Group gap="xs">
          <Button onClick={theirs.take}>Go on with theirs (Undo brings yours back)</Button>
          <Button variant="default" onClick={theirs.overwrite}>Save mine over theirs</Button>
          <Button variant="default" onClick={() => { download(mine, slug); }}>Keep mine as a file</Button>
        </Group>
      </Stack>
    </section>
  );
}
