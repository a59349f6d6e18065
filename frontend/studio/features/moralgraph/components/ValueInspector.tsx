/** A value opened: its card, its numbers, its neighbours, the cards that it was made of, and the votes on it. */
import { useQuery } from "@tanstack/react-query";
import { decimal } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { LeaningDataSets } from "@/studio/components/LeaningDataSets";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { StudioLink } from "@/studio/components/StudioLink";
import { ValuesCard } from "@/studio/components/ValuesCard";
import { VoteRows } from "@/studio/components/VoteRows";
import { useStudy } from "@/studio/shell/routes";
import { objectionsQuery } from "../api/objections";
import { firmnessAddress } from "../api/graph";
import { type Source, valueQuery } from "../api/rows";
import type { GraphEdge, GraphNode } from "../api/types";
import type { Open } from "../hooks/inspecting";
import { edgeSentence, rankText } from "../hooks/sentences";
import { useSource } from "../hooks/source";
import { stepsOf, type StepFrom } from "../hooks/travel";
import { useContextName } from "./GraphChoices";

interface ValueInspectorProps {
  choice: Source;
  id: number;
  onOpen: Open;
}

function Steps({ title, steps, name, sentence, onOpen }: { title: string; steps: readonly StepFrom[]; name: (id: number) => string; sentence: (edge: GraphEdge) => string; onOpen: Open }) {
  if (steps.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="steps-list">
        {steps.map(({ edge, other }) => (
          <li key={other}>
            <button type="button" className="row-button" onClick={() => { onOpen({ kind: "value", id: other }); }}>{name(other)}</button>
            <p>
              {sentence(edge)}{" "}
              <button type="button" className="row-button is-quiet" aria-label={`Stories and votes between this value and ${name(other)}`} onClick={() => { onOpen({ kind: "step", one: edge.less_wise, other: edge.wiser }); }}>Stories and votes</button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Objected({ slug, id }: { slug: string; id: number }) {
  const { data } = useQuery(objectionsQuery(slug));
  const mine = data?.objections.filter(({ value }) => value.id === id) ?? [];
  if (mine.length === 0) return null;
  const open = mine.filter(({ state }) => state === "open").length;
  return <p><StudioLink to={`/studies/${slug}/objections?value=${id}`}>{mine.length === 1 ? "1 person objects" : `${mine.length} people object`} to being put into it</StudioLink>{open === 0 ? ", answered." : `, ${open} open.`}</p>;
}

function Members({ slug, id }: { slug: string; id: number }) {
  const { data, error } = useQuery(valueQuery(slug, id));
  if (error) return <ErrorState error={error} />;
  if (!data) return <p className="note">The cards are being read.</p>;
  const { cards } = data;
  if (cards.length === 0) return <p className="note">No card of a person stands in this value.</p>;
  return (
    <>
      <p className="note">{cards.length === 1 ? "One person’s card" : `${cards.length} people’s cards`}; quotes are shown of those who agreed to be quoted.</p>
      <ul className="member-list">{cards.map((card) => <li key={card.id}><ValuesCard title={card.title} summary={card.summary} policies={card.policies} compact level={4} /></li>)}</ul>
    </>
  );
}

/** Data sets name a value as it was called when they were frozen: those that were put into this one count too. */
function Leaning({ slug, id }: { slug: string; id: number }) {
  const { data } = useQuery(valueQuery(slug, id));
  return data ? <LeaningDataSets on={{ values: [id, ...data.stands_for] }} /> : null;
}

function Facts({ node, total, firmness, onOpen }: { node: GraphNode; total: number; firmness?: string; onOpen: Open }) {
  const top = decimal(node.p_top);
  return (
    <dl className="facts-list">
      <div><dt>Score</dt><dd><button type="button" className="row-button is-number" onClick={() => { onOpen({ kind: "votes", value: node.id }); }}><NumberWithInterval value={node.score} low={node.low} high={node.high} n={node.n} /></button></dd></div>
      <div><dt>Rank</dt><dd>{rankText(node)} of {total}</dd></div>
      <div><dt>P(top)</dt><dd>{firmness === undefined || node.p_top === null ? top : <StudioLink to={firmness} className="number-link">{top}</StudioLink>}</dd></div>
    </dl>
  );
}

/** The word above a card: where it is from, if not from people here. */
function tagOf({ simulated, imported }: GraphNode): string | undefined {
  const words = [imported && "▣ From elsewhere", simulated && "Simulated"].filter(Boolean);
  return words.length > 0 ? words.join(" · ") : undefined;
}

/** Draws the value and what was said of it. */
export function ValueInspector({ choice, id, onOpen }: ValueInspectorProps) {
  const { slug } = useStudy();
  const graph = useSource(choice);
  const contextName = useContextName(choice.context);
  const node = graph?.nodes.find((item) => item.id === id);
  if (!graph) return <p>The value is being read.</p>;
  if (!node) {
    return (
      <div className="value-inspector">
        <p>This value has no place in this graph: no vote here speaks of it, or it was withdrawn.</p>
        <Leaning slug={slug} id={id} />
      </div>
    );
  }
  const name = (of: number): string => graph.nodes.find((item) => item.id === of)?.title ?? `value ${of}`;
  const sentence = (edge: GraphEdge): string => edgeSentence(edge, name(edge.less_wise), name(edge.wiser), choice.context === undefined ? undefined : contextName);
  const steps = stepsOf(graph.edges, id);
  const { context, question, by, group, snapshot } = choice;
  return (
    <div className="value-inspector">
      <ValuesCard title={node.title} summary={node.summary} policies={node.policies} simulated={node.simulated} tag={tagOf(node)} />
      <Objected slug={slug} id={id} />
      <Facts node={node} total={graph.nodes.length} firmness={snapshot === undefined && group === undefined && question === undefined ? firmnessAddress(slug, choice) : undefined} onOpen={onOpen} />
      <Steps title="What more people find wiser" steps={steps.filter(({ up }) => up)} name={name} sentence={sentence} onOpen={onOpen} />
      <Steps title="What it is found wiser than" steps={steps.filter(({ up }) => !up)} name={name} sentence={sentence} onOpen={onOpen} />
      <details><summary>The cards that it was made of</summary><Members slug={slug} id={id} /></details>
      <details className="rows-section"><summary>The votes on it, with reasons</summary><VoteRows asked={{ value: id, context, question, by, group, snapshot }} name={name} withStep /></details>
      <Leaning slug={slug} id={id} />
    </div>
  );
}
