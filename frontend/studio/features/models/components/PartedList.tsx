/** The comparisons on which two checkpoints part, with both targets. */
import { count, decimal } from "@/lib/numbers";
import type { Parted } from "../api/counterfactuals";
import { sideOf } from "../hooks/parting";

const OPEN = 3;

function Row({ parted, names, open }: { parted: Parted; names: readonly string[]; open: boolean }) {
  const spoken = Object.entries(parted.principles).map(([name, preference]) => `${name}: ${sideOf(preference)}`).join("; ");
  return (
    <li><details className="sheet parted" open={open}>
      <summary className="words">{parted.prompt}</summary>
      <div className="columns">
        <div><h3>Response A</h3><p className="words sample-text" tabIndex={0}>{parted.response_a}</p></div>
        <div><h3>Response B</h3><p className="words sample-text" tabIndex={0}>{parted.response_b}</p></div>
      </div>
      <ul className="fact-list">
        {names.map((name, place) => <li key={place}>“{name}” prefers {sideOf(parted.says[place])}; its target prefers A with {decimal(parted.targets[place])}</li>)}
        {parted.again !== null && <li>The first under another seed prefers {sideOf(parted.again)}</li>}
      </ul>
      {(spoken !== "" || parted.context !== "") && <p className="note">{[parted.context, spoken].filter(Boolean).join(" · ")}</p>}
    </details></li>
  );
}

/** Draws the list. */
export function PartedList({ parted, total, names }: { parted: readonly Parted[]; total: number; names: readonly string[] }) {
  return (
    <section className="part" aria-label="Comparisons on which they part">
      <h2>Comparisons on which they part</h2>
      {parted.length === 0
        ? <p className="note">On every held-out comparison that both could read, the two judge alike.</p>
        : <p>{count(total)} in all{parted.length < total && `, of which ${count(parted.length)} are shown`}: those first about which both are surest.</p>}
      <ol className="samples plain-list">{parted.map((row, place) => <Row key={row.id} parted={row} names={names} open={place < OPEN} />)}</ol>
    </section>
  );
}
