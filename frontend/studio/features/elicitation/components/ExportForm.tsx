/** The form that asks for an export: purpose, tables, formats, versions, and whom it takes in. */
import { Button, Checkbox, Group, Radio, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { useExports } from "../api/exports";
import type { ExportChoice, ExportPurpose, Exports } from "../api/types";
import { FORMATS } from "../hooks/exports";

function ticksOf({ ticks }: ExportPurpose): string {
  return ticks.map((tick) => `“${tick}”`).join(" and ");
}

function agreedOf({ people, simulated }: ExportPurpose): string {
  const told = `${count(people)} ${people === 1 ? "person" : "people"} agreed`;
  return simulated > 0 ? `${told}, and ${count(simulated)} simulated ones` : told;
}

interface Chosen {
  purpose: ExportChoice["purpose"];
  tables: string[];
  formats: string[];
  versions: string[];
  simulated: boolean;
  panelIds: boolean;
  bom: boolean;
}

/** All versions ticked is the same as none: also those that come later belong to it. */
function sent(chosen: Chosen, { tables, versions }: Exports): ExportChoice {
  const all = chosen.versions.length === versions.length;
  return {
    purpose: chosen.purpose,
    tables: tables.map(({ name }) => name).filter((name) => chosen.tables.includes(name)) as ExportChoice["tables"],
    formats: FORMATS.map(({ value }) => value).filter((format) => chosen.formats.includes(format)),
    versions: all ? [] : chosen.versions.map(Number),
    simulated: chosen.simulated,
    panel_ids: chosen.panelIds && chosen.purpose === "research",
    bom: chosen.bom && chosen.formats.includes("csv"),
  };
}

function purposeOf(value: string): Chosen["purpose"] {
  return value === "quotes" || value === "training" ? value : "research";
}

interface PartProps {
  chosen: Chosen;
  change: (next: Partial<Chosen>) => void;
  exports: Exports;
}

function Tables({ chosen, change, exports }: PartProps) {
  const names = exports.tables.map(({ name }) => name);
  const all = chosen.tables.length === names.length;
  return (
    <Checkbox.Group label="Tables" description="One file each, in one zip with a codebook" value={chosen.tables} onChange={(tables) => { change({ tables }); }}>
      <div className="export-tables">
        {exports.tables.map(({ name, title, about }) => <Checkbox key={name} value={name} label={title} description={about} />)}
      </div>
      <Button size="compact-sm" variant="default" mt="sm" onClick={() => { change({ tables: all ? [] : names }); }}>{all ? "Choose none" : "Choose all"}</Button>
    </Checkbox.Group>
  );
}

function Whom({ chosen, change, exports, manages }: PartProps & { manages: boolean }) {
  return (
    <Stack gap="xs">
      {exports.versions.length > 1 && (
        <Checkbox.Group label="Versions of the study" value={chosen.versions} onChange={(versions) => { change({ versions }); }}>
          <Group gap="md" mt={6}>
            {exports.versions.map(({ number, hash, people, pilot }) => <Checkbox key={number} value={String(number)} label={`Version ${number}${pilot ? " (pilot)" : ""}`} description={`${count(people)} people, ${hash.slice(0, 8)}`} />)}
          </Group>
        </Checkbox.Group>
      )}
      <Checkbox checked={chosen.simulated} label="With simulated people" description="Every row says whether it is one of theirs" onChange={(event) => { change({ simulated: event.currentTarget.checked }); }} />
      {manages && chosen.purpose === "research" && <Checkbox checked={chosen.panelIds} label="With the ids that a panel gave to people" description="They name people to the panel. Only admins can ask for this file and fetch it." onChange={(event) => { change({ panelIds: event.currentTarget.checked }); }} />}
    </Stack>
  );
}

function lackOf(chosen: Chosen, exports: Exports): string {
  if (chosen.tables.length === 0) return "Choose at least one table.";
  if (chosen.formats.length === 0) return "Choose at least one format.";
  return exports.versions.length > 1 && chosen.versions.length === 0 ? "Choose at least one version." : "";
}

/** Draws the form; what was asked for appears in the list. */
export function ExportForm({ slug, exports, manages }: { slug: string; exports: Exports; manages: boolean }) {
  const { ask } = useExports(slug);
  const [chosen, setChosen] = useState<Chosen>(() => ({
    purpose: "research",
    tables: exports.tables.map(({ name }) => name),
    formats: FORMATS.map(({ value }) => value),
    versions: exports.versions.map(({ number }) => String(number)),
    simulated: false,
    panelIds: false,
    bom: false,
  }));
  const change = (next: Partial<Chosen>): void => { setChosen((before) => ({ ...before, ...next })); };
  const lack = lackOf(chosen, exports);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    ask.mutate(sent(chosen, exports));
  };
  return (
    <form className="sheet export-form" aria-labelledby="new-export" onSubmit={submit}>
      <h2 id="new-export">Make an export</h2>
      <Stack gap="lg">
        <Radio.Group label="What is it for?" description="Only people who ticked this in the consent are in it" value={chosen.purpose} onChange={(value) => { change({ purpose: purposeOf(value) }); }}>
          <Stack gap={8} mt={8}>
            {exports.purposes.map((item) => <Radio key={item.purpose} value={item.purpose} label={`${item.title}: ${agreedOf(item)}`} description={`Needs ${ticksOf(item)}`} />)}
          </Stack>
        </Radio.Group>
        <Tables chosen={chosen} change={change} exports={exports} />
        <Checkbox.Group label="Formats" value={chosen.formats} onChange={(formats) => { change({ formats }); }}>
          <Group gap="md" mt={6}>{FORMATS.map(({ value, label }) => <Checkbox key={value} value={value} label={label} />)}</Group>
        </Checkbox.Group>
        {chosen.formats.includes("csv") && <Checkbox checked={chosen.bom} label="CSV for spreadsheets" description="Begins with a byte order mark, so that Excel reads accents and Arabic" onChange={(event) => { change({ bom: event.currentTarget.checked }); }} />}
        <Whom chosen={chosen} change={change} exports={exports} manages={manages} />
        {ask.error && <ErrorState error={ask.error} />}
        <Group gap="md">
          <Button type="submit" loading={ask.isPending} disabled={lack !== ""}>Make the export</Button>
          <span role="status">{lack}</span>
        </Group>
      </Stack>
    </form>
  );
}
