/** Where two checkpoints part: how far they agree, beside what a seed parts, and by context and principle. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Parting } from "../api/counterfactuals";
import { agreementSentence, floorSentence, targetsSentence } from "../hooks/parting";
import { Rates, type RatesRow } from "./Rates";

interface PartingFactsProps {
  figures: Parting;
  names: readonly [string, string];
}

/** Draws the figures. */
export function PartingFacts({ figures, names }: PartingFactsProps) {
  const { agreement, kappa, floor, targets_part: apart, targets_agree: alike, by_context: contexts, by_principle: principles } = figures;
  const [first, second] = names;
  const places = Object.entries(contexts).map(([name, rate]): RatesRow => [name === "" ? "No context" : name, rate]);
  const sides = Object.entries(principles).map(([name, { first: one, second: other }]): RatesRow => [name, one, other]);
  return (
    <section className="evaluation sheet" aria-label="How far they part">
      <h2>How far they part</h2>
      <p className="finding" data-measure="agreement">{agreementSentence(figures)}</p>
      <dl className="facts">
        <div className="fact"><dt>Judge alike</dt><dd><NumberWithInterval {...agreement} /></dd></div>
        <div className="fact"><dt>Kappa</dt><dd><NumberWithInterval {...kappa} /></dd></div>
        {floor && <div className="fact"><dt>Alike under another seed</dt><dd><NumberWithInterval {...floor.agreement} /></dd></div>}
        {floor && <div className="fact"><dt>Kappa under another seed</dt><dd><NumberWithInterval {...floor.kappa} /></dd></div>}
      </dl>
      <p data-measure="floor">{floorSentence(figures)}</p>
      {floor && <p className="note">The floor is what a seed does, and no more. It says that the two targets taught different things, not why they differ: targets of two groups that were drawn from one by chance differ too.</p>}
      <h3>Where they part</h3>
      <p data-measure="targets">{targetsSentence(figures)}</p>
      <Rates title="Where the targets part and where they agree" columns={["Comparisons on which", "The checkpoints part", `“${first}” follows its target`, `“${second}” follows its target`]} rows={[["The targets part", apart.parts, apart.first, apart.second], ["The targets agree", alike.parts, alike.first, alike.second]]} />
      {places.length > 0 && <Rates title="By context: how often the checkpoints part" columns={["Context", "They part"]} rows={places} />}
      <Rates title="By principle: how often each is on its side, where it prefers a response" columns={["Principle", `“${first}”`, `“${second}”`]} rows={sides} />
    </section>
  );
}
