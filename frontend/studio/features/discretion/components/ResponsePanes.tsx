/** The two responses side by side: equal height, each scrolls on its own, also by keyboard. */

interface Pane {
  name: string;
  text: string;
}

function ResponsePane({ name, text }: Pane) {
  return (
    <section className="response-pane" aria-label={name} tabIndex={0}>
      <h3>{name}</h3>
      {text === "" ? <p className="response-empty">This response is empty.</p> : <p className="words response-text">{text}</p>}
    </section>
  );
}

/** Draws left and right as the server ordered them. */
export function ResponsePanes({ left, right }: { left: string; right: string }) {
  return (
    <div className="response-panes">
      <ResponsePane name="Left response" text={left} />
      <ResponsePane name="Right response" text={right} />
    </div>
  );
}
