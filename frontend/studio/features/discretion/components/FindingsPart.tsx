/** The figures that an audit begins with: agreement, categories, arbitrariness, everybody's numbers, the report. */
import { useControls } from "../hooks/controls";
import { AgreementPanel } from "./AgreementPanel";
import { AnnotatorTable } from "./AnnotatorTable";
import { CategoryFacts } from "./CategoryFacts";
import { MeasureFigure } from "./MeasureFigure";
import type { PartProps } from "./MeasuresPanel";
import { ReportLinks } from "./ReportLinks";
import { RestsOn } from "./RestsOn";

/** Draws them. */
export function FindingsPart({ audit, measures, addressOf }: PartProps) {
  const [controls] = useControls();
  const people = measures.annotators.find(({ kind }) => kind === "people");
  return (
    <>
      <RestsOn basis={measures.basis}><CategoryFacts measures={measures} people={people} minActive={controls.minActive} addressOf={addressOf} /></RestsOn>
      <RestsOn basis={measures.basis}><AnnotatorTable audit={audit.id} annotators={[...measures.annotators, ...measures.nulls]} reference={measures.reference.id} addressOf={addressOf} /></RestsOn>
      <MeasureFigure name="categories" measures={measures} addressOf={addressOf} />
      <MeasureFigure name="arbitrariness" measures={measures} addressOf={addressOf} />
      <AgreementPanel agreement={measures.agreement} differ={addressOf({ split: "true" })} alike={addressOf({ alike: "true" })} />
      <section className="prose" aria-labelledby="sentences-title">
        <h2 id="sentences-title">In sentences</h2>
        <ul>{measures.sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      </section>
      <ReportLinks audit={String(audit.id)} measures={measures} />
    </>
  );
}
