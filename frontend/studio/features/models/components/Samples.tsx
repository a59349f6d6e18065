/** A few examples of a data set, as the model sees them. */
import { decimal } from "@/lib/numbers";
import type { Sample } from "../api/types";

/** Draws each example with the share that prefers A. */
export function Samples({ samples }: { samples: readonly Sample[] }) {
  return (
    <section aria-label="Samples" className="samples">
      <h2>Samples</h2>
      {samples.map(({ id, prompt, response_a, response_b, p_a }) => (
        <article key={id} className="sheet">
          <h3 className="words">{prompt}</h3>
          <div className="columns">
            <div><h4>A, preferred with {decimal(p_a)}</h4><p className="words sample-text">{response_a}</p></div>
            <div><h4>B, preferred with {decimal(1 - p_a)}</h4><p className="words sample-text">{response_b}</p></div>
          </div>
        </article>
      ))}
    </section>
  );
}
