/** Which keys do what on the merge desk, and the switch that turns single keys off. */
import { Modal, Switch } from "@mantine/core";
import "@/styles/annotate.css";
import { useSingleKeys } from "@/studio/lib/keys";

const KEYS: readonly (readonly [string, string])[] = [
  ["J, K", "next pair, pair before"],
  ["1 to 5", "a part of the rubric: does not hold, holds, open"],
  ["Y", "all five parts hold"],
  ["A", "accept: put the two together"],
  ["R", "reject: keep them apart"],
  ["W", "the other wording stays"],
  ["S", "split: take a card out of its value"],
  ["M", "write a reason; Escape leaves it"],
  ["U", "undo the last decision"],
  ["?", "this list"],
];

/** Draws the list over the screen. */
export function MergeKeys({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" closeButtonProps={{ "aria-label": "Close the list of keys" }}>
      <dl className="keys-list">
        {KEYS.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
      </dl>
      <Switch mt="md" label="Single keys act on this screen" checked={singleKeys} onChange={(event) => { setSingleKeys(event.currentTarget.checked); }} />
    </Modal>
  );
}
