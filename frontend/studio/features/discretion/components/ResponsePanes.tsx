/** The two responses side by side: equal height, each scrolls on its own, also by keyboard; blurred until asked for. */
import "@/styles/blurred.css";
import { Button } from "@mantine/core";

interface Pane {
  name: string;
  text: string;
  hidden: boolean;
}

function ResponsePane({ name, text, hidden }: Pane) {
  return (
    <section className="response-pane" aria-label={name} tabIndex={0}>
      <h3>{name}</h3>
      {text === "" && <p className="response-empty">This response is empty.</p>}
      {text !== "" && <p className={hidden ? "words response-text is-blurred" : "words response-text"} aria-hidden={hidden}>{text}</p>}
    </section>
  );
}

interface ResponsePanesProps {
  left: string;
  right: string;
  hidden?: boolean;
  onShow?: () => void;
}

/** Draws left and right as the server ordered them. */
export function ResponsePanes({ left, right, hidden = false, onShow }: ResponsePanesProps) {
  return (
    <>
      {hidden && (
        <div className="blur-note" role="note">
          <p>This pair may be hard to read, so it is blurred. Look when you are ready, or put it aside: that counts against nobody.</p>
          <Button variant="default" onClick={onShow} leftSection={<kbd aria-hidden="true">V</kbd>}>Show the texts</Button>
        </div>
      )}
      <div className="response-panes">
        <ResponsePane name="Left response" text={left} hidden={hidden} />
        <ResponsePane name="Right response" text={right} hidden={hidden} />
      </div>
    </>
  );
}
