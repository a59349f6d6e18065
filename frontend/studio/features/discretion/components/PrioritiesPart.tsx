/** Which principle comes first for whom: ranks, who wins a clash, and how far apart everybody is. */
import { useControls } from "../hooks/controls";
import { ConfusionTable } from "./ConfusionTable";
import { DiscrepancyMatrix } from "./DiscrepancyMatrix";
import { MeasureFigure } from "./MeasureFigure";
import type { PartProps } from "./MeasuresPanel";
import { RestsOn } from "./RestsOn";
import { SupremacyMatrix } from "./SupremacyMatrix";

/** Draws them; whose decisions the matrix holds is chosen in the address. */
export function PrioritiesPart({ audit, measures, addressOf }: PartProps) {
  const [controls, change] = useControls();
  const chosen = controls.matrix ?? measures.reference.id;
  const everybody = [...measures.annotators, ...measures.nulls];
  const beside = everybody.find(({ id }) => id === controls.matrix && id !== measures.reference.id);
  return (
    <>
      <MeasureFigure name="priorities" measures={measures} addressOf={addressOf} />
      <RestsOn basis={measures.basis}>
        <SupremacyMatrix measures={measures} chosen={chosen} onChoose={(matrix) => { change({ matrix }); }} addressOf={({ principle, over, annotator }) => addressOf({ principle, over, annotator, sided: "true" })} />
      </RestsOn>
      {beside && <ConfusionTable annotator={beside} reference={measures.reference.name} differ={addressOf({ annotator: beside.id, other: measures.reference.id })} addressOf={(answer, referenceAnswer) => addressOf({ annotator: beside.id, answer, reference_answer: referenceAnswer })} />}
      {!beside && <p className="floor">Choose somebody else’s decisions above to see them beside those of {measures.reference.name}, pair by pair.</p>}
      <RestsOn basis={measures.basis}><DiscrepancyMatrix audit={String(audit.id)} measures={measures} addressOf={addressOf} /></RestsOn>
    </>
  );
}
