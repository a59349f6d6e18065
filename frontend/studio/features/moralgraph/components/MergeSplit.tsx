/** Takes a card out of a value that it does not belong to. */
import { Button, Group, Modal, Radio, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify } from "@/studio/lib/notices";
import { useMerging } from "../api/merges";
import type { MergePair } from "../api/types";

const LONGEST = 300;

/** The cards that could leave: those of a value that has several. */
export function leaving(pair: MergePair): { id: number; title: string; value: string }[] {
  return [pair.low, pair.high].flatMap(({ cards, value, live }) => (live && cards.length > 1 ? cards.map(({ id, title }) => ({ id, title, value: value.title })) : []));
}

/** Draws the dialog: the cards, why, and the button. */
export function MergeSplit({ slug, pair, opened, onClose }: { slug: string; pair: MergePair; opened: boolean; onClose: () => void }) {
  const [card, setCard] = useState("");
  const [reason, setReason] = useState("");
  const { split } = useMerging(slug);
  const take = (): void => {
    split.mutate({ card: Number(card), reason }, { onSuccess: () => { setCard(""); setReason(""); notify("The card stands for itself. U undoes it."); onClose(); } });
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Take a card out of its value" closeButtonProps={{ "aria-label": "Close without taking a card out" }}>
      <form onSubmit={(event) => { event.preventDefault(); take(); }}>
        <Stack gap="md">
          <Radio.Group label="Which card" value={card} onChange={setCard} required>
            <Stack gap="xs" mt="xs">{leaving(pair).map(({ id, title, value }) => <Radio key={id} value={String(id)} label={`${title}, in “${value}”`} />)}</Stack>
          </Radio.Group>
          <Textarea label="Why" description="The author of the card reads this." required maxLength={LONGEST} autosize minRows={2} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />
          <Group><Button type="submit" loading={split.isPending} disabled={card === "" || reason.trim() === ""}>Take it out</Button></Group>
          {split.error && <ErrorState error={split.error} />}
        </Stack>
      </form>
    </Modal>
  );
}
