/** Which graph is shown: the context and the rule. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { contextsQuery, type GraphChoice } from "../api/graph";

/** The rules that can rank a graph. */
export const RULES = ["touchstone", "mge-2023"] as const;

const RULE_LABELS: Record<(typeof RULES)[number], string> = {
  touchstone: "Touchstone: paired comparisons with intervals",
  "mge-2023": "MGE 2023: as published",
};

interface GraphChoicesProps {
  choice: GraphChoice;
  onChange: (change: { context?: string; rule?: string }) => void;
}

/** The name of the chosen context. */
export function useContextName(context: string | undefined): string {
  const { data = [] } = useQuery(contextsQuery(useStudy().slug));
  return data.find(({ id }) => String(id) === context)?.name ?? "all contexts";
}

/** Draws the two selects. */
export function GraphChoices({ choice, onChange }: GraphChoicesProps) {
  const { data = [] } = useQuery(contextsQuery(useStudy().slug));
  const contexts = [{ value: "", label: "All contexts" }, ...data.map(({ id, name }) => ({ value: String(id), label: name }))];
  const rules = RULES.map((rule) => ({ value: rule, label: RULE_LABELS[rule] }));
  return (
    <div className="graph-choices">
      <NativeSelect label="Context" data={contexts} value={choice.context ?? ""} onChange={(event) => { onChange({ context: event.currentTarget.value }); }} />
      <NativeSelect label="Rule" data={rules} value={choice.rule} onChange={(event) => { onChange({ rule: event.currentTarget.value }); }} />
    </div>
  );
}
