/** How firm the figures are: by how many principles speak, and without each principle in turn. */
import { LeaveOneOut } from "./LeaveOneOut";
import { MeasureFigure } from "./MeasureFigure";
import type { PartProps } from "./MeasuresPanel";
import { RestsOn } from "./RestsOn";

/** Draws both. */
export function FirmnessPart({ audit, measures, addressOf }: PartProps) {
  return (
    <>
      <MeasureFigure name="by_active" measures={measures} addressOf={addressOf} />
      <RestsOn basis={measures.basis}><LeaveOneOut audit={String(audit.id)} measures={measures} addressOf={addressOf} /></RestsOn>
    </>
  );
}
