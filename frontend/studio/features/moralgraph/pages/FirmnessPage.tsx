/** What would change the winner: whose absence, which votes, how few false voters, and which votes would settle it. */
import "@/styles/moralgraph.css";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { Page } from "@/studio/components/Page";
import { StudioLink } from "@/studio/components/StudioLink";
import { choiceFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { influenceQuery } from "../api/analyses";
import { contextsQuery, graphQuery } from "../api/graph";
import type { Change, Firmness, Trait } from "../api/types";
import { GraphNav } from "../components/GraphNav";
import { LongAnswer } from "../components/LongAnswer";
import { RULES } from "../hooks/asking";
import { changeText, decisiveWinners, falseVotersText, helpfulText, knownOf, type Known, type Name, smallestText, verdictText, withoutOneText } from "../hooks/firmness";
import { answerOf, questionOf, useTraits, weighingText } from "../hooks/traits";

type WithoutGroup = Firmness["groups"][number];
type Upset = Firmness["false_voters"][number];
type Helpful = Firmness["helpful"][number];
type To = (one: number, other: number) => string;

function Changes({ changes, name, to }: { changes: readonly Change[]; name: Name; to: To }) {
  return (
    <ul className="steps-list">
      {changes.map((change) => <li key={`${change.less_wise}-${change.wiser}-${change.answer}`}><p>{changeText(change, name)}. <StudioLink to={to(change.less_wise, change.wiser)}>See the votes</StudioLink></p></li>)}
    </ul>
  );
}

function groupColumns(name: Name, traits: readonly Trait[]): readonly Column<WithoutGroup>[] {
  return [
    { key: "question", label: "By", cell: ({ by }) => questionOf(traits, by), sortBy: ({ by }) => by },
    { key: "group", label: "Left out", cell: ({ by, name: group }) => answerOf(traits, by, group), sortBy: ({ by, name: group }) => `${by} ${group}` },
    { key: "people", label: "People", numeric: true, cell: ({ people }) => count(people), sortBy: ({ people }) => people },
    { key: "votes", label: "Votes", numeric: true, cell: ({ votes }) => count(votes), sortBy: ({ votes }) => votes },
    { key: "winner", label: "First without them", cell: ({ winner }) => name(winner), sortBy: ({ winner }) => winner },
    { key: "changed", label: "Changes it", cell: ({ changed }) => (changed ? "yes" : "no"), sortBy: ({ changed }) => Number(changed) },
  ];
}

function upsetColumns(name: Name): readonly Column<Upset>[] {
  return [
    { key: "value", label: "Would come first", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "voters", label: "False voters needed", numeric: true, cell: ({ count: many }) => count(many), sortBy: ({ count: many }) => many },
    { key: "votes", label: "Votes they cast", numeric: true, cell: ({ changes }) => count(votesOf(changes)), sortBy: ({ changes }) => votesOf(changes) },
    { key: "steps", label: "On steps", numeric: true, cell: ({ changes }) => count(changes.length), sortBy: ({ changes }) => changes.length },
  ];
}

function votesOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { votes }) => sum + votes, 0);
}

function helpfulColumns(name: Name, to: To, known: (one: number, other: number) => Known): readonly Column<Helpful>[] {
  return [
    { key: "step", label: "Ask whether this step makes wiser", cell: ({ less_wise, wiser }) => <StudioLink to={to(less_wise, wiser)}>{name(less_wise)} → {name(wiser)}</StudioLink>, sortBy: ({ less_wise }) => name(less_wise) },
    { key: "worth", label: "The next vote takes off the doubt", numeric: true, cell: ({ worth }) => `${decimal(100 * worth, 1)} %`, sortBy: ({ worth }) => worth },
    {
      key: "known", label: "Found wiser so far", numeric: true,
      cell: ({ less_wise, wiser }) => {
        const { n, likelihood, low, high } = known(less_wise, wiser);
        return likelihood === undefined ? "nobody was asked, n = 0" : <NumberWithInterval value={likelihood} low={low} high={high} n={n} />;
      },
      sortBy: ({ less_wise, wiser }) => known(less_wise, wiser).n,
    },
  ];
}

interface FoundProps {
  found: Firmness;
  traits: readonly Trait[];
  name: Name;
  to: To;
  known: (one: number, other: number) => Known;
}

function Found({ found, traits, name, to, known }: FoundProps) {
  const { smallest_change: smallest, decisive, false_voters: upsets, groups, helpful } = found;
  return (
    <div className="firmness">
      <p className="firmness-verdict" role="status">{verdictText(found, name)}</p>
      <section className="sheet" aria-labelledby="smallest">
        <h2 id="smallest">The smallest change of votes</h2>
        <p>{smallestText(found, name)}</p>
        {smallest && <Changes changes={smallest.changes} name={name} to={to} />}
        <p className="note">The change was searched for one answer at a time; it is enough for certain, and a cleverer search might find a smaller one.</p>
      </section>
      <section className="sheet" aria-labelledby="one-out">
        <h2 id="one-out">Without one participant</h2>
        <p>{withoutOneText(found, name)}</p>
        {decisive.length > 0 && <ul>{decisiveWinners(found).map(([winner, times]) => <li key={String(winner)}>{winner === null ? "Nothing is left to rank" : `${name(winner)} is first`} without {times === 1 ? "one of them" : `any of ${count(times)} of them`}.</li>)}</ul>}
      </section>
      <section className="sheet" aria-labelledby="group-out">
        <h2 id="group-out">Without one group</h2>
        {groups.length === 0
          ? <p>People told nothing of themselves that makes groups of five or more voters here.</p>
          : <DataTable caption="Who is first without each group" columns={groupColumns(name, traits)} rows={groups} rowKey={({ by, name: group }) => `${by}=${group}`} />}
      </section>
      <section className="sheet" aria-labelledby="false-voters">
        <h2 id="false-voters">False voters</h2>
        <p>{falseVotersText(found, name)}</p>
        {upsets.length > 0 && <DataTable caption="How few false voters would bring each value to the first place" columns={upsetColumns(name)} rows={upsets} rowKey={({ value }) => String(value)} />}
        <p className="note">Made-up voters give the three answers that help most, one voter after the other, on steps that people are asked about ({count(found.participants)} people voted). A cleverer search might need fewer; up to 40 were tried.</p>
      </section>
      <section className="sheet" aria-labelledby="helpful">
        <h2 id="helpful">Which votes would help most to settle it</h2>
        {helpful.length === 0 ? <p>No step stands out.</p> : (
          <>
            <p>{helpfulText(found, name)}</p>
            <DataTable caption="Steps whose next vote would help most" columns={helpfulColumns(name, to, known)} rows={helpful} rowKey={({ less_wise, wiser }) => `${less_wise}-${wiser}`} />
          </>
        )}
      </section>
    </div>
  );
}

/** Draws the screen. */
export function FirmnessPage() {
  const { slug, title } = useStudy();
  const [search, change] = useAddress();
  const context = textFrom(search, "context");
  const rule = choiceFrom(search, "rule", RULES);
  const balance = rule === "touchstone" ? textFrom(search, "balance") : undefined;
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const { data: graph } = useQuery(graphQuery(slug, { context, rule, ...(balance === undefined ? {} : { balance }) }));
  const result = useQuery(influenceQuery(slug, { context, rule, balance }));
  const traits = useTraits();
  const name: Name = (id) => graph?.nodes.find((node) => node.id === id)?.title ?? `value ${id}`;
  const choice = new URLSearchParams({ rule, ...(context === undefined ? {} : { context }), ...(balance === undefined ? {} : { balance }) });
  const known = (one: number, other: number): Known => knownOf(graph?.edges ?? [], one, other);
  const to = (one: number, other: number): string => `/studies/${slug}/graph?${choice}&step=${one}-${other}`;
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title="What would change the winner" crumbs={crumbs} lede="A first place is worth as much as what it withstands. Here it is tried.">
      <GraphNav />
      <div className="graph-choices">
        <NativeSelect label="Context" data={[{ value: "", label: "All contexts" }, ...contexts.map(({ id, name: label }) => ({ value: String(id), label }))]} value={context ?? ""} onChange={(event) => { change({ context: event.currentTarget.value }); }} />
        <NativeSelect label="Rule" data={[...RULES]} value={rule} onChange={(event) => { change({ rule: event.currentTarget.value }); }} />
      </div>
      {balance !== undefined && <p className="note">Here {weighingText(balance, traits)}.</p>}
      <LongAnswer result={result} label="Trying what would change it">{(found) => <Found found={found} traits={traits} name={name} to={to} known={known} />}</LongAnswer>
    </Page>
  );
}
