/** Say which column of a table holds which part of a pair. */
import { NativeSelect, SimpleGrid } from "@mantine/core";
import { type Columns, FIELDS } from "../api/imports";

interface Props {
  names: readonly string[];
  columns: Columns;
  onChange: (columns: Columns) => void;
}

/** Draws one choice a field; columns with usual names are found without any. */
export function ColumnMapping({ names, columns, onChange }: Props) {
  const choices = [{ value: "", label: "By its usual name" }, ...names.filter((name) => name !== "").map((name) => ({ value: name, label: name }))];
  return (
    <fieldset>
      <legend>Columns</legend>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {FIELDS.map(({ field, label }) => (
          <NativeSelect
            key={field}
            label={label}
            data={choices}
            value={columns[field] ?? ""}
            onChange={(event) => { onChange({ ...columns, [field]: event.currentTarget.value }); }}
          />
        ))}
      </SimpleGrid>
    </fieldset>
  );
}
