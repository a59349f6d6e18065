/** One's own figures: how much, how consistent, and each batch. */
import { count } from "@/lib/numbers";
import type { OwnPlace, Standing } from "../api/types";
import { Share } from "./Share";

function placeText({ total, done, locked, finished, closed, passed, batch }: OwnPlace): string {
  if (closed) return "ended";
  if (locked) return "waits for the training round";
  if (batch.kind === "training" && finished) return passed ? "passed" : "not passed yet";
  return finished ? "done" : `${count(done)} of ${count(total)} done`;
}

/** Draws them; nothing here is about anybody else. */
export function StandingFacts({ standing }: { standing: Standing }) {
  const { judged, changed, taken_back, consistent, places } = standing;
  return (
    <section aria-label="How you stand">
      <dl className="facts">
        <div className="fact"><dt>Judged</dt><dd>{count(judged)}</dd><dd className="fact-note">{count(changed)} changed, {count(taken_back)} taken back</dd></div>
        <div className="fact">
          <dt>The same with sides changed</dt>
          <dd><Share rate={consistent} /></dd>
          <dd className="fact-note">{consistent.n === 0 ? "A few pairs come back with left and right exchanged; none has yet." : "Of the pairs that came back with left and right exchanged. Nobody expects 1."}</dd>
        </div>
      </dl>
      {places.length > 0 && (
        <ul className="own-acts" aria-label="Your batches">
          {places.map((place) => (
            <li key={place.batch.id}>
              <strong>{place.batch.title}</strong>: {placeText(place)}
              {place.known !== null && place.known.n > 0 && <>. Pairs with an agreed answer: <Share rate={place.known} /></>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
