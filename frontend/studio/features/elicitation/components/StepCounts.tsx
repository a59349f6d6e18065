/** How many people stand at each step. */
import { count } from "@/lib/numbers";
import { stepCounts } from "../hooks/steps";

/** Draws one number a step. */
export function StepCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  return (
    <dl className="facts step-counts" aria-label="Participants at each step">
      {stepCounts(counts).map(({ step, label, n }) => <div key={step} className="fact" data-step={step}><dt>{label}</dt><dd>{count(n)}</dd></div>)}
    </dl>
  );
}
