/** Which keys do what, and the switch that turns single keys off. */
import { Modal, Switch } from "@mantine/core";
import { useSingleKeys } from "@/studio/lib/keys";

const KEYS: readonly (readonly [string, string])[] = [
  ["↑ ↓", "choose the row (never answers)"],
  ["1", "left"],
  ["2", "right"],
  ["0 or 3", "tie"],
  ["N", "the principle does not apply"],
  ["B", "both are bad (overall row)"],
  ["C", "cannot tell, then 1, 2 or 3 for why (overall row)"],
  ["S", "skip this comparison (overall row)"],
  ["V", "show texts that are blurred"],
  ["X", "too distressing: put the pair aside"],
  ["Enter", "save and go to the next comparison"],
  ["U", "undo: open the last judgement again"],
  ["?", "this list"],
];

/** Draws the list over the screen. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
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
