/** One comparison opened: both responses in full. */
import type { ComparisonRow } from "../api/types";

/** Draws the prompt and the responses. */
export function ComparisonDetail({ comparison }: { comparison: ComparisonRow }) {
  return (
    <div className="comparison-detail">
      <h3>Prompt</h3>
      <p className="words">{comparison.prompt}</p>
      <h3>Response A</h3>
      <p className="words">{comparison.response_a}</p>
      <h3>Response B</h3>
      <p className="words">{comparison.response_b}</p>
    </div>
  );
}
