/** A text to take along: shown whole, copied with one press. */
import { Button, CopyButton } from "@mantine/core";

/** Draws the text with its button; what was copied is said on the button. */
export function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div className="copyable">
      <CopyButton value={text}>
        {({ copied, copy }) => <Button variant="default" size="compact-sm" aria-live="polite" onClick={copy}>{copied ? "Copied" : `Copy ${label.toLowerCase()}`}</Button>}
      </CopyButton>
      <pre className="run-log" tabIndex={0} aria-label={label}>{text}</pre>
    </div>
  );
}
