/** The measures of an audit: agreement, categories, arbitrariness, priorities, discrepancy; they move as verdicts come. */
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/studio/components/ErrorState";
import { Figure } from "@/studio/components/Figure";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import { useStudy } from "@/studio/shell/routes";
import { measuresQuery } from "../api/measures";
import type { Audit, Measures } from "../api/types";
import { useControls } from "../hooks/controls";
import { figureWords } from "../hooks/figure-words";
import { AgreementPanel } from "./AgreementPanel";
import { AnnotatorTable } from "./AnnotatorTable";
import { CategoryFacts } from "./CategoryFacts";
import { MeasureControls } from "./MeasureControls";

const ORDER = ["categories", "arbitrariness", "priorities"];

function Figures({ figures }: { figures: Measures["figures"] }) {
  return ORDER.map((name) => {
    const figure = figures[name];
    if (!figure || figure.data.length === 0) return null;
    return <Figure key={name} {...figureWords(figure)} figure={figure} height={Number(figure.layout?.height ?? 320)} />;
  });
}

/** Draws the controls and what follows from them. */
export function MeasuresPanel({ audit }: { audit: Audit }) {
  const { slug } = useStudy();
  const [controls] = useControls();
  const { data, isPending, error, refetch } = useQuery(measuresQuery(slug, String(audit.id), controls));
  return (
    <section className="measures" aria-label="Measures">
      <MeasureControls audit={audit} />
      {isPending && <FigureSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && (
        <>
          <AgreementPanel agreement={data.agreement} />
          <CategoryFacts measures={data} people={data.annotators.find(({ kind }) => kind === "people")} />
          <AnnotatorTable annotators={data.annotators} />
          <Figures figures={data.figures} />
          <section className="prose" aria-label="In sentences">
            <h2>In sentences</h2>
            <ul>{data.sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
          </section>
        </>
      )}
    </section>
  );
}
