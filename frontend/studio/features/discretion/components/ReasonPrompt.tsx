/** Asked when the overall choice goes against every principle that took a side (that is discretion, and its reason is data), or always. */
import { useEffect, useRef, type KeyboardEvent } from "react";

interface ReasonPromptProps {
  /** The side that one's own principles favour, where the choice goes against all of them. */
  side: "left" | "right" | undefined;
  reason: string;
  onChange: (text: string) => void;
  onSend: () => void;
  onBack: () => void;
}

/** Draws the question with its text field; Enter sends, Shift+Enter makes a new line, Escape goes back to the rows. */
export function ReasonPrompt({ side, reason, onChange, onSend, onBack }: ReasonPromptProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { field.current?.focus(); }, []);
  const press = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      onSend();
    } else if (event.key === "Escape") {
      onBack();
    }
  };
  return (
    <section className="reason-prompt" aria-label="Reason">
      <label htmlFor="reason">
        {side !== undefined && <>Every principle that you judged favours the {side} response, and you chose the other. </>}
        What decided it? A few words are enough; Enter saves.
      </label>
      <textarea id="reason" ref={field} rows={2} required value={reason} onChange={(event) => { onChange(event.target.value); }} onKeyDown={press} />
    </section>
  );
}
