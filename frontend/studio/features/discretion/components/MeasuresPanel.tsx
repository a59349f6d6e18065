/** The measures of an audit: what it found, then the part that the address names; they move as verdicts come. */
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { choiceOf, measuresQuery } from "../api/measures";
import type { Audit, Measures } from "../api/types";
import { useControls } from "../hooks/controls";
import type { CellOf } from "../hooks/counted-cells";
import type { Part } from "../hooks/parts";
import { AgreementParts } from "./AgreementParts";
import { BasisNote } from "./BasisNote";
import { CoursesPanel } from "./CoursesPanel";
import { FindingsPart } from "./FindingsPart";
import { FirmnessPart } from "./FirmnessPart";
import { MeasureControls } from "./MeasureControls";
import { PrioritiesPart } from "./PrioritiesPart";

/** Where the comparisons behind a number are listed, as they are counted now. */
export type AddressOf = (cell: CellOf) => string;

/** What every part of the page gets. */
export interface PartProps {
  audit: Audit;
  measures: Measures;
  addressOf: AddressOf;
}

function Shown({ part, ...props }: PartProps & { part: Part }) {
  if (part === "priorities") return <PrioritiesPart {...props} />;
  if (part === "firmness") return <FirmnessPart {...props} />;
  if (part === "agreement") return <AgreementParts {...props} />;
  if (part === "time") return <CoursesPanel {...props} />;
  return <FindingsPart {...props} />;
}

/** Draws what was found, the controls, and one part. */
export function MeasuresPanel({ audit, part }: { audit: Audit; part: Part }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const id = String(audit.id);
  const { data, isPending, error, refetch } = useQuery(measuresQuery(slug, id, controls));
  const titles = useMemo(() => new Map(data?.principles.map((item) => [item.id, item.name])), [data]);
  const chosen = new URLSearchParams(choiceOf(controls)).toString();
  const addressOf = useCallback<AddressOf>(
    // What a cell names stands above what the reader chose.
    (cell) => `/studies/${slug}/discretion/${id}/comparisons?${new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(chosen)), ...cell }).toString()}`,
    [slug, id, chosen],
  );
  return (
    <section className="measures" aria-label="Measures">
      {data && (
        <div className="audit-finding">
          <p>{data.finding}</p>
          <BasisNote basis={data.basis} titles={titles} />
          {data.weights.withdrawn > 0 && <p className="badge is-warning withdrawal-badge" role="note">The graph’s weights rest on {data.weights.withdrawn === 1 ? "a vote that was" : `${data.weights.withdrawn.toLocaleString()} votes that were`} withdrawn since its snapshot.</p>}
        </div>
      )}
      <MeasureControls audit={audit} measures={data} />
      {isPending && <><p role="status">Measuring {audit.counts.comparisons.toLocaleString()} comparisons. The first time after new verdicts takes a little longer.</p><FigureSkeleton /></>}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Shown part={part} audit={audit} measures={data} addressOf={addressOf} />}
    </section>
  );
}
