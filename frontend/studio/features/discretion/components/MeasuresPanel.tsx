/** The measures of an audit: agreement, categories, arbitrariness, priorities, discrepancy; they move as verdicts come. */
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/studio/components/ErrorState";
import { Figure } from "@/studio/components/Figure";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { choiceOf, measuresQuery } from "../api/measures";
import type { Audit, Measures } from "../api/types";
import { useControls } from "../hooks/controls";
import { figureWords } from "../hooks/figure-words";
import { AgreementPanel } from "./AgreementPanel";
import { AgreementParts } from "./AgreementParts";
import { AnnotatorTable } from "./AnnotatorTable";
import { BasisNote } from "./BasisNote";
import { CategoryFacts } from "./CategoryFacts";
import { ConfusionTable } from "./ConfusionTable";
import { CoursesPanel } from "./CoursesPanel";
import { DiscrepancyMatrix } from "./DiscrepancyMatrix";
import { LeaveOneOut } from "./LeaveOneOut";
import { MeasureControls } from "./MeasureControls";
import { ReportLinks } from "./ReportLinks";
import { SupremacyMatrix } from "./SupremacyMatrix";

const ORDER = ["categories", "arbitrariness", "by_active", "priorities"];

/** Where the comparisons behind a number are listed, as they are counted now. */
export type AddressOf = (cell: Record<string, string>) => string;

function Figures({ figures, basis }: Pick<Measures, "figures" | "basis">) {
  return ORDER.map((name) => {
    const figure = figures[name];
    if (!figure || figure.data.length === 0) return null;
    return (
      <div key={name}>
        <Figure {...figureWords(figure)} figure={figure} height={Number(figure.layout?.height ?? 320)} />
        <BasisNote basis={basis} />
      </div>
    );
  });
}

function Matrices({ audit, measures, addressOf }: { audit: string; measures: Measures; addressOf: AddressOf }) {
  const [controls, change] = useControls();
  const chosen = controls.matrix ?? measures.reference.id;
  const beside = measures.annotators.find(({ id }) => id === controls.matrix && id !== measures.reference.id);
  return (
    <>
      <SupremacyMatrix measures={measures} chosen={chosen} onChoose={(matrix) => { change({ matrix }); }} addressOf={({ principle, over, annotator }) => addressOf({ principle, over, annotator, sided: "true" })} />
      {beside && <ConfusionTable annotator={beside} reference={measures.reference.name} addressOf={(answer, referenceAnswer) => addressOf({ annotator: beside.id, answer, reference_answer: referenceAnswer })} />}
      <DiscrepancyMatrix audit={audit} measures={measures} addressOf={addressOf} />
      <BasisNote basis={measures.basis} />
    </>
  );
}

/** Draws the controls and what follows from them. */
export function MeasuresPanel({ audit }: { audit: Audit }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const id = String(audit.id);
  const { data, isPending, error, refetch } = useQuery(measuresQuery(slug, id, controls));
  const titles = new Map(data?.principles.map((item) => [item.id, item.name]));
  const addressOf: AddressOf = (cell) => `/studies/${slug}/discretion/${id}/comparisons?${new URLSearchParams({ ...choiceOf(controls), ...cell }).toString()}`;
  return (
    <section className="measures" aria-label="Measures">
      <MeasureControls audit={audit} measures={data} />
      {isPending && <><p role="status">Measuring {audit.counts.comparisons.toLocaleString()} comparisons. The first time after new verdicts takes a little longer.</p><FigureSkeleton /></>}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <AgreementPanel agreement={data.agreement} rows={addressOf({ split: "true" })} />
          <BasisNote basis={data.basis} titles={titles} />
          <CategoryFacts measures={data} people={data.annotators.find(({ kind }) => kind === "people")} addressOf={addressOf} />
          <AnnotatorTable annotators={[...data.annotators, ...data.nulls]} reference={data.reference.id} addressOf={addressOf} />
          <LeaveOneOut measures={data} />
          <Figures figures={data.figures} basis={data.basis} />
          <Matrices audit={id} measures={data} addressOf={addressOf} />
          <AgreementParts audit={id} addressOf={addressOf} titles={titles} />
          <CoursesPanel audit={id} />
          <section className="prose" aria-label="In sentences">
            <h2>In sentences</h2>
            <ul>{data.sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
          </section>
          <ReportLinks audit={id} measures={data} />
        </>
      )}
    </section>
  );
}
