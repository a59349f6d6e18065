/** Which graph is shown: context, people and rule; and which of its steps, by filters that act at once. */
import { NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { contextsQuery, CUTS, type GraphChoice } from "../api/graph";
import type { Trait } from "../api/types";
import { type Filters, hides, RULES } from "../hooks/asking";
import { useTraits } from "../hooks/traits";
import { ANSWER_CHOICES } from "./VotesInspector";
import { Weighing } from "./Weighing";

const RULE_LABELS: Record<(typeof RULES)[number], string> = {
  touchstone: "Touchstone: paired comparisons with intervals",
  "mge-2023": "MGE 2023: as published",
};
const CUT_LABELS: Record<(typeof CUTS)[number], [string, string]> = {
  wiser_at_least: ["“Wiser” votes at least", "2"],
  likelihood_at_least: ["Likelihood at least", "0.33"],
  entropy_at_most: ["Entropy at most", "1.69"],
};
const VOTES = [1, 2, 3, 5, 10, 20, 50].map((least) => ({ value: least === 1 ? "" : String(least), label: least === 1 ? "1" : String(least) }));
const SHARES = [0, 55, 60, 70, 80, 90, 100].map((least) => ({ value: least === 0 ? "" : String(least), label: least === 0 ? "Any" : `${least} %` }));

/** Changes parts of the address. */
export type Change = (part: Record<string, string | undefined>) => void;

/** The name of the chosen context. */
export function useContextName(context: string | undefined): string {
  const { data = [] } = useQuery(contextsQuery(useStudy().slug));
  return data.find(({ id }) => String(id) === context)?.name ?? "all contexts";
}

/** The beginning of a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function groupChoices(traits: readonly Trait[]) {
  return [
    { value: "", label: "Everybody" },
    ...traits.filter(({ by }) => by !== "question").map(({ by, label: question, groups }) => ({
      group: question,
      items: groups.map(({ name, label, people }) => ({ value: `${by}=${name}`, label: `${label} (${people} people)` })),
    })),
  ];
}

function PeopleChoices({ choice, traits, onChange }: { choice: GraphChoice; traits: readonly Trait[]; onChange: Change }) {
  const questions = traits.find(({ by }) => by === "question")?.groups ?? [];
  const chosen = choice.by === undefined ? "" : `${choice.by}=${choice.group ?? ""}`;
  const pick = (given: string): void => {
    const at = given.indexOf("=");
    onChange(given === "" ? { by: undefined, group: undefined } : { by: given.slice(0, at), group: given.slice(at + 1) });
  };
  return (
    <>
      {questions.length > 1 && (
        <NativeSelect
          label="Question of the interview"
          data={[{ value: "", label: "Any" }, ...questions.map(({ name, label, people }) => ({ value: name, label: `${label} (${people} people)` }))]}
          value={choice.question ?? ""}
          onChange={(event) => { onChange({ question: event.currentTarget.value }); }}
        />
      )}
      <NativeSelect label="Votes of" data={groupChoices(traits)} value={chosen} onChange={(event) => { pick(event.currentTarget.value); }} />
    </>
  );
}

function Cuts({ choice, onChange }: { choice: GraphChoice; onChange: Change }) {
  return CUTS.map((cut) => {
    const [label, published] = CUT_LABELS[cut];
    return (
      <TextInput
        key={cut}
        type="number"
        step={cut === "wiser_at_least" ? 1 : 0.01}
        min={0}
        label={label}
        description={`${published} as published`}
        value={choice.cuts?.[cut] ?? published}
        onChange={(event) => { onChange({ [cut]: event.currentTarget.value === published ? undefined : event.currentTarget.value }); }}
      />
    );
  });
}

interface GraphChoicesProps {
  choice: GraphChoice;
  filters: Filters;
  onChange: Change;
}

/** Draws the choices; the filters are folded away until one acts. */
export function GraphChoices({ choice, filters, onChange }: GraphChoicesProps) {
  const { data = [] } = useQuery(contextsQuery(useStudy().slug));
  const contexts = [{ value: "", label: "All contexts" }, ...data.map(({ id, name }) => ({ value: String(id), label: name }))];
  const traits = useTraits();
  const rules = RULES.map((rule) => ({ value: rule, label: RULE_LABELS[rule] }));
  return (
    <div className="graph-choices-frame">
      <div className="graph-choices">
        <NativeSelect label="Context" data={contexts} value={choice.context ?? ""} onChange={(event) => { onChange({ context: event.currentTarget.value }); }} />
        <PeopleChoices choice={choice} traits={traits} onChange={onChange} />
        <NativeSelect label="Rule" data={rules} value={choice.rule} onChange={(event) => { onChange({ rule: event.currentTarget.value }); }} />
      </div>
      <details open={hides(filters) || choice.cuts !== undefined}>
        <summary>Show fewer steps</summary>
        <div className="graph-choices">
          <NativeSelect label="With the answer" data={ANSWER_CHOICES} value={filters.answer} onChange={(event) => { onChange({ answer: event.currentTarget.value }); }} />
          <NativeSelect label="Votes at least" data={VOTES} value={filters.minVotes === 1 ? "" : String(filters.minVotes)} onChange={(event) => { onChange({ min_votes: event.currentTarget.value }); }} />
          <NativeSelect label="Found wiser by at least" data={SHARES} value={filters.minShare === 0 ? "" : String(filters.minShare)} onChange={(event) => { onChange({ min_share: event.currentTarget.value }); }} />
          {choice.rule === "mge-2023" && <Cuts choice={choice} onChange={onChange} />}
        </div>
      </details>
      {choice.rule === "touchstone" && (
        <details open={choice.balance !== undefined}>
          <summary>Weigh groups of people</summary>
          <Weighing traits={traits} balance={choice.balance ?? ""} onChange={(balance) => { onChange({ balance }); }} />
        </details>
      )}
    </div>
  );
}
