/** A list whose parts can be added, moved without dragging, and taken out. */
import { ActionIcon, Button, Group } from "@mantine/core";
import type { ReactNode } from "react";
import { shifted } from "../hooks/protocol-draft";

interface PartsProps<Part> {
  name: string;
  parts: readonly Part[];
  keyOf: (part: Part) => string;
  onChange: (parts: Part[]) => void;
  onAdd: () => void;
  readOnly: boolean;
  children: (part: Part, set: (part: Part) => void, at: number) => ReactNode;
}

/** Draws each part with its tools. */
export function Parts<Part>({ name, parts, keyOf, onChange, onAdd, readOnly, children }: PartsProps<Part>) {
  const set = (at: number) => (part: Part): void => { onChange(parts.map((old, place) => (place === at ? part : old))); };
  return (
    <>
      <ol className="parts">
        {parts.map((part, at) => (
          <li key={keyOf(part)} className="part">
            <div className="part-body">{children(part, set(at), at)}</div>
            {!readOnly && (
              <Group gap={4} className="part-tools">
                <ActionIcon variant="subtle" aria-label={`Move ${name} ${at + 1} up`} disabled={at === 0} onClick={() => { onChange(shifted(parts, at, -1)); }}>↑</ActionIcon>
                <ActionIcon variant="subtle" aria-label={`Move ${name} ${at + 1} down`} disabled={at === parts.length - 1} onClick={() => { onChange(shifted(parts, at, 1)); }}>↓</ActionIcon>
                <ActionIcon variant="subtle" aria-label={`Take out ${name} ${at + 1}`} onClick={() => { onChange(parts.filter((_, place) => place !== at)); }}>✕</ActionIcon>
              </Group>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && <div><Button variant="default" size="compact-md" onClick={onAdd}>Add {name}</Button></div>}
    </>
  );
}
