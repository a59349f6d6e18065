/** How far people came, and how long half of them took at most: bars that are a table. */
import { count, decimal } from "@/lib/numbers";
import type { RoomStep } from "../api/types";
import { stepWord } from "../hooks/steps";

function sentence(steps: readonly RoomStep[]): string {
  const [first] = steps;
  const last = steps.at(-1);
  if (!first || !last || first.reached === 0) return "Nobody has begun yet; simulated people are not counted here.";
  return `${count(last.reached)} of ${count(first.reached)} people came to the last step; simulated people are not counted.`;
}

/** Draws one row a step. */
export function RoomSteps({ steps }: { steps: readonly RoomStep[] }) {
  const most = Math.max(...steps.map(({ reached }) => reached), 1);
  return (
    <section className="sheet" aria-labelledby="steps-title">
      <h2 id="steps-title">How far people come</h2>
      <p className="note">{sentence(steps)}</p>
      <table className="bars">
        <thead><tr><th scope="col">Step</th><th scope="col">People who reached it</th><th scope="col" className="is-numeric">Median minutes</th></tr></thead>
        <tbody>
          {steps.map(({ step, reached, median_minutes: median }) => (
            <tr key={step}>
              <th scope="row">{stepWord(step)}</th>
              <td><span className="bar" style={{ inlineSize: `${(reached / most) * 100}%` }} aria-hidden="true" /><span>{count(reached)}</span></td>
              <td className="is-numeric">{median === null ? "–" : decimal(median, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
