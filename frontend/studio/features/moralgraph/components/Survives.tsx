/** What survives in all groups of people: bridging values, and the steps that all of them take. */
import { count, decimal } from "@/lib/numbers";
import { type Column, DataTable } from "@/studio/components/DataTable";
import type { SideBySide } from "../api/types";
import type { Name } from "../hooks/firmness";
import type { Open } from "../hooks/inspecting";
import { type Group, PlaceInGroup } from "./PlaceInGroup";

type Bridge = SideBySide["bridges"][number];

/** How sure the least sure group is, and which that is; opens its votes on the value. */
function Least({ bridge: { value, least, where }, of }: { bridge: Bridge; of: (group: string) => Group }) {
  const { label, open } = of(where);
  return <button type="button" className="row-button is-number" onClick={() => { open({ kind: "votes", value }); }}>{decimal(100 * least, 0)} %, {label}</button>;
}

/** Bridging values first, then what comes closest: with its score in every group. */
function bridgeColumns(found: SideBySide, name: Name, of: (group: string) => Group): readonly Column<Bridge>[] {
  const placed = new Map(found.groups.map(({ name: group, values }) => [group, new Map(values.map((value) => [value.value, value]))]));
  return [
    { key: "value", label: "Value", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    { key: "bridges", label: "Bridges", cell: ({ bridges }) => (bridges ? "yes" : "no"), sortBy: ({ bridges }) => Number(bridges) },
    { key: "least", label: "Above the middle, in the least sure group", numeric: true, cell: (bridge) => <Least bridge={bridge} of={of} />, sortBy: ({ least }) => least },
    ...found.groups.map(({ name: group }): Column<Bridge> => ({
      key: `group ${group}`, label: of(group).label, numeric: true,
      cell: ({ value }) => <PlaceInGroup placed={placed.get(group)?.get(value)} group={of(group)} />,
      sortBy: ({ value }) => placed.get(group)?.get(value)?.score ?? null,
    })),
  ];
}

/** Draws it. */
export function Survives({ found, name, of, everybody }: { found: SideBySide; name: Name; of: (group: string) => Group; everybody: Open }) {
  const bridging = found.bridges.filter(({ bridges }) => bridges);
  const closest = found.bridges[0];
  const steps = found.shared.slice(0, 50);
  return (
    <section className="sheet survives" aria-labelledby="survives">
      <h2 id="survives">What survives in all groups</h2>
      <h3>Bridging values</h3>
      <p>
        {bridging.length === 0
          ? "No value stands above the middle with at least 90 % in every group."
          : `${bridging.length === 1 ? "One value stands" : `${count(bridging.length)} values stand`} above the middle with at least 90 % in every group: ${bridging.map(({ value }) => name(value)).join(", ")}.`}
        {bridging.length === 0 && closest !== undefined && <> Closest is {name(closest.value)}, in the group that is least sure of it: <Least bridge={closest} of={of} />.</>}
      </p>
      <DataTable caption="How surely each value stands above the middle in every group" columns={bridgeColumns(found, name, of)} rows={found.bridges.slice(0, Math.max(10, bridging.length))} rowKey={({ value }) => String(value)} />
      <h3>Steps that all groups take</h3>
      {steps.length === 0
        ? <p>No pair that several groups judged points the same way in all of them.</p>
        : (
          <ul>
            {steps.map(({ less_wise, wiser, least, groups }) => (
              <li key={`${less_wise}-${wiser}`}>From {name(less_wise)} to {name(wiser)}: wiser for <button type="button" className="row-button is-number" onClick={() => { everybody({ kind: "step", one: less_wise, other: wiser }); }}>{decimal(100 * least, 0)} %</button> or more in each of {groups} groups</li>
            ))}
          </ul>
        )}
    </section>
  );
}
