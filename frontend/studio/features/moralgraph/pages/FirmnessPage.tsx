/** What would change the winner: whose absence, which votes, how few false voters, and which votes would settle it. */
import "@/styles/moralgraph.css";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import { Page } from "@/studio/components/Page";
import { StudioLink } from "@/studio/components/StudioLink";
import { choiceFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { influenceQuery } from "../api/analyses";
import { contextsQuery, graphQuery } from "../api/graph";
import type { Change, Firmness } from "../api/types";
import { plainKey } from "../components/GraphChoices";
import { GraphNav } from "../components/GraphNav";
import { LongAnswer } from "../components/LongAnswer";
import { RULES } from "../hooks/asking";
import { changeText, decisiveWinners, falseVotersText, type Name, smallestText, verdictText, withoutOneText } from "../hooks/firmness";

type WithoutGroup = Firmness["groups"][number];

function Changes({ changes, name, to }: { changes: readonly Change[]; name: Name; to: (one: number, other: number) => string }) {
  return (
    <ul className="steps-list">
      {changes.map((change) => <li key={`${change.less_wise}-${change.wiser}-${change.answer}`}><p>{changeText(change, name)}. <StudioLink to={to(change.less_wise, change.wiser)}>See the votes</StudioLink></p></li>)}
    </ul>
  );
}

function groupColumns(name: Name): readonly Column<WithoutGroup>[] {
  return [
    { key: "group", label: "Left out", cell: ({ by, name: group }) => `${plainKey(by)}: ${plainKey(group)}`, sortBy: ({ by, name: group }) => `${by} ${group}` },
    { key: "people", label: "People", numeric: true, cell: ({ people }) => count(people), sortBy: ({ people }) => people },
    { key: "votes", label: "Votes", numeric: true, cell: ({ votes }) => count(votes), sortBy: ({ votes }) => votes },
    { key: "winner", label: "First without them", cell: ({ winner }) => name(winner), sortBy: ({ winner }) => winner },
    { key: "changed", label: "Changes it", cell: ({ changed }) => (changed ? "yes" : "no"), sortBy: ({ changed }) => Number(changed) },
  ];
}

function Found({ found, name, to }: { found: Firmness; name: Name; to: (one: number, other: number) => string }) {
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
          : <DataTable caption="Who is first without each group" columns={groupColumns(name)} rows={groups} rowKey={({ by, name: group }) => `${by}=${group}`} />}
      </section>
      <section className="sheet" aria-labelledby="false-voters">
        <h2 id="false-voters">False voters</h2>
        <p>{falseVotersText(found, name)}</p>
        {upsets.length > 0 && <ul>{upsets.map(({ value, count: many }) => <li key={value}>{name(value)}: {count(many)} {many === 1 ? "false voter" : "false voters"}</li>)}</ul>}
      </section>
      <section className="sheet" aria-labelledby="helpful">
        <h2 id="helpful">Which votes would help most to settle it</h2>
        {helpful.length === 0 ? <p>No step stands out.</p> : (
          <ol>{helpful.map(({ less_wise, wiser, worth }) => <li key={`${less_wise}-${wiser}`}>Ask whether going from {name(less_wise)} to {name(wiser)} makes a person wiser: the next vote takes {decimal(100 * worth, 1)} % off what is unsure about the first place.</li>)}</ol>
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
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const { data: graph } = useQuery(graphQuery(slug, { context, rule }));
  const result = useQuery(influenceQuery(slug, { context, rule }));
  const name: Name = (id) => graph?.nodes.find((node) => node.id === id)?.title ?? `value ${id}`;
  const choice = new URLSearchParams({ rule, ...(context === undefined ? {} : { context }) });
  const to = (one: number, other: number): string => `/studies/${slug}/graph?${choice}&step=${one}-${other}`;
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title="What would change the winner" crumbs={crumbs} lede="A first place is worth as much as what it withstands. Here it is tried.">
      <GraphNav />
      <div className="graph-choices">
        <NativeSelect label="Context" data={[{ value: "", label: "All contexts" }, ...contexts.map(({ id, name: label }) => ({ value: String(id), label }))]} value={context ?? ""} onChange={(event) => { change({ context: event.currentTarget.value }); }} />
        <NativeSelect label="Rule" data={[...RULES]} value={rule} onChange={(event) => { change({ rule: event.currentTarget.value }); }} />
      </div>
      <LongAnswer result={result} label="Trying what would change it">{(found) => <Found found={found} name={name} to={to} />}</LongAnswer>
    </Page>
  );
}
