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
import { AnnotatorTable } from "./AnnotatorTable";
import { CategoryFacts } from "./CategoryFacts";
import { ConfusionTable } from "./ConfusionTable";
import { DiscrepancyMatrix } from "./DiscrepancyMatrix";
import { MeasureControls } from "./MeasureControls";
import { ReportLinks } from "./ReportLinks";
import { SupremacyMatrix } from "./SupremacyMatrix";

const ORDER = ["categories", "arbitrariness", "by_active", "priorities"];

/** Where the comparisons behind a number are listed, as they are counted now. */
export type AddressOf = (cell: Record<string, string>) => string;

function Figures({ figures }: { figures: Measures["figures"] }) {
  return ORDER.map((name) => {
    const figure = figures[name];
    if (!figure || figure.data.length === 0) return null;
    return <Figure key={name} {...figureWords(figure)} figure={figure} height={Number(figure.layout?.height ?? 320)} />;
  });
}

function Matrices({ measures, addressOf }: { measures: Measures; addressOf: AddressOf }) {
  const [controls, change] = useControls();
  const chosen = controls.matrix ?? measures.reference.id;
  const beside = measures.annotators.find(({ id }) => id === controls.matrix && id !== measures.reference.id);
  return (
    <>
      <SupremacyMatrix measures={measures} chosen={chosen} onChoose={(matrix) => { change({ matrix }); }} addressOf={({ principle, over, annotator }) => addressOf({ principle, over, annotator, sided: "true" })} />
      {beside && <ConfusionTable annotator={beside} reference={measures.reference.name} addressOf={(answer, referenceAnswer) => addressOf({ annotator: beside.id, answer, reference_answer: referenceAnswer })} />}
      <DiscrepancyMatrix measures={measures} />
    </>
  );
}

/** Draws the controls and what follows from them. */
export function MeasuresPanel({ audit }: { audit: Audit }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const id = String(audit.id);
  const { data, isPending, error, refetch } = useQuery(measuresQuery(slug, id, controls));
  const addressOf: AddressOf = (cell) => `/studies/${slug}/discretion/${id}/comparisons?${new URLSearchParams({ ...choiceOf(controls), ...cell }).toString()}`;
  return (
    <section className="measures" aria-label="Measures">
      <MeasureControls audit={audit} groups={data?.groups ?? []} />
      {isPending && <FigureSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <AgreementPanel agreement={data.agreement} />
          <CategoryFacts measures={data} people={data.annotators.find(({ kind }) => kind === "people")} />
          <AnnotatorTable annotators={[...data.annotators, ...data.nulls]} addressOf={addressOf} />
          <Figures figures={data.figures} />
          <Matrices measures={data} addressOf={addressOf} />
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
