/** What would change the winner: whose absence, which votes, how few false voters, and which votes would settle it. */
import "@/styles/moralgraph.css";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Page } from "@/studio/components/Page";
import { choiceFrom, textFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { influenceQuery } from "../api/analyses";
import { contextsQuery, graphQuery, graphSearch } from "../api/graph";
import type { To } from "../components/FirmnessColumns";
import { FirmnessFound } from "../components/FirmnessFound";
import { capital, useContextName } from "../components/GraphChoices";
import { GraphNav } from "../components/GraphNav";
import { LongAnswer } from "../components/LongAnswer";
import { RULES } from "../hooks/asking";
import { type Known, knownOf, type Name } from "../hooks/firmness";
import { useTraits, weighingText } from "../hooks/traits";

/** Draws the screen. */
export function FirmnessPage() {
  const { slug, title } = useStudy();
  const [search, change] = useAddress();
  const context = textFrom(search, "context");
  const rule = choiceFrom(search, "rule", RULES);
  const balance = rule === "touchstone" ? textFrom(search, "balance") : undefined;
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const { data: graph } = useQuery(graphQuery(slug, { context, rule, balance }));
  const result = useQuery(influenceQuery(slug, { context, rule, balance }));
  const traits = useTraits();
  const contextName = capital(useContextName(context));
  const name: Name = (id) => graph?.nodes.find((node) => node.id === id)?.title ?? `value ${id}`;
  const choice = { rule, context, balance };
  const known = (one: number, other: number): Known => knownOf(graph?.edges ?? [], one, other);
  const to: To = (one, other, answer) => `/studies/${slug}/graph?${graphSearch(choice)}&step=${one}-${other}${answer === undefined ? "" : `&rows=${answer}`}`;
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Moral graph", to: `/studies/${slug}/graph` }], [title, slug]);
  return (
    <Page title="What would change the winner" crumbs={crumbs} lede="A first place is worth as much as what it withstands. Here it is tried.">
      <GraphNav />
      <div className="graph-choices">
        <NativeSelect label="Context" data={[{ value: "", label: "All contexts" }, ...contexts.map(({ id, name: label }) => ({ value: String(id), label }))]} value={context ?? ""} onChange={(event) => { change({ context: event.currentTarget.value }); }} />
        <NativeSelect label="Rule" data={[...RULES]} value={rule} onChange={(event) => { change({ rule: event.currentTarget.value }); }} />
      </div>
      <p className="graph-asked">{contextName}, by the rule {rule}.</p>
      {balance !== undefined && <p className="note">Here {weighingText(balance, traits)}.</p>}
      <LongAnswer result={result} label="Trying what would change it">{(found) => <FirmnessFound found={found} choice={choice} traits={traits} name={name} to={to} known={known} />}</LongAnswer>
    </Page>
  );
}
