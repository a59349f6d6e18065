/** Which keys do what on a screen, and the switch that turns single keys off. */
import { Modal, Switch } from "@mantine/core";
import { useSingleKeys } from "@/studio/lib/keys";

/** A key, or several, and what it does. */
export type KeyText = readonly [key: string, what: string];

interface KeysHelpProps {
  keys: readonly KeyText[];
  opened: boolean;
  onClose: () => void;
}

/** Draws the list over the screen. */
export function KeysHelp({ keys, opened, onClose }: KeysHelpProps) {
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" closeButtonProps={{ "aria-label": "Close the list of keys" }}>
      <dl className="keys-list">
        {keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}
      </dl>
      <Switch mt="md" label="Single keys act on this screen" checked={singleKeys} onChange={(event) => { setSingleKeys(event.currentTarget.checked); }} />
    </Modal>
  );
}
