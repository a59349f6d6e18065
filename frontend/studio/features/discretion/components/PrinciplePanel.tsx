/** The principles of an audit and where they come from. */
import { Tabs } from "@mantine/core";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Audit } from "../api/types";
import { OwnPrinciple } from "./OwnPrinciple";
import { PrincipleRow, RetiredPrinciples } from "./PrincipleVersions";
import { TakeOver } from "./TakeOver";

/** Draws the list and the two ways to add. */
export function PrinciplePanel({ audit }: { audit: Audit }) {
  const { role } = useStudy();
  const taken = new Set(audit.principles.flatMap(({ value }) => (value === null ? [] : [value])));
  return (
    <section className="sheet" aria-label="Principles">
      <h2>Principles</h2>
      {audit.principles.length === 0
        ? <p>Without principles every verdict is discretion. Take some over from the moral graph, or write your own.</p>
        : (
          <ul className="principle-list" aria-label="Principles of this audit">
            {audit.principles.map((principle) => <PrincipleRow key={principle.id} audit={String(audit.id)} principle={principle} canWrite={may(role, "write")} />)}
          </ul>
        )}
      <RetiredPrinciples retired={audit.retired} />
      {may(role, "write") && (
        <Tabs defaultValue="graph" keepMounted={false}>
          <Tabs.List aria-label="Add principles">
            <Tabs.Tab value="graph">From the graph</Tabs.Tab>
            <Tabs.Tab value="own">In own words</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="graph" pt="sm"><TakeOver audit={String(audit.id)} taken={taken} /></Tabs.Panel>
          <Tabs.Panel value="own" pt="sm"><OwnPrinciple audit={String(audit.id)} /></Tabs.Panel>
        </Tabs>
      )}
    </section>
  );
}
