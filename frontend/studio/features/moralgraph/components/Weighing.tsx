/** Groups weighed: by what people told, the same for all or by shares of a population; off unless asked for. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import type { Trait } from "../api/types";
import { balanceOf, weighingOf } from "../hooks/traits";
import { VotesButton } from "./VotesButton";

interface WeighingProps {
  traits: readonly Trait[];
  balance: string;
  onChange: (balance: string | undefined) => void;
}

function Shares({ trait, shares, onChange }: { trait: Trait; shares: Readonly<Record<string, string>>; onChange: (balance: string) => void }) {
  const even = String(Math.round(100 / trait.groups.length));
  const [typed, type] = useState<Readonly<Record<string, string>>>({ ...Object.fromEntries(trait.groups.map(({ name }) => [name, even])), ...shares });
  const numbers = trait.groups.map(({ name }) => Number(typed[name]));
  const isComplete = numbers.every((number) => Number.isFinite(number) && number >= 0) && numbers.some((number) => number > 0);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (isComplete) onChange(balanceOf({ by: trait.by, shares: Object.fromEntries(trait.groups.map(({ name }, at) => [name, String(numbers[at])])) }));
  };
  return (
    <form className="weighing-shares" aria-label="Shares of the groups" onSubmit={submit}>
      {trait.groups.map(({ name, label, people }) => (
        <TextInput key={name} type="number" min={0} step="any" label={label} description={<VotesButton asked={{ by: trait.by, group: name }} title={`Votes: ${label}`} label={`${people} people voted: ${label}`}>{people} people voted</VotesButton>} value={typed[name] ?? ""} onChange={(event) => { type({ ...typed, [name]: event.currentTarget.value }); }} />
      ))}
      <Button type="submit" variant="default" disabled={!isComplete}>Weigh by these shares</Button>
    </form>
  );
}

/** Draws the choice. */
export function Weighing({ traits, balance, onChange }: WeighingProps) {
  const weighing = weighingOf(balance);
  const trait = traits.find(({ by }) => by === weighing?.by);
  const offered = traits.filter(({ groups }) => groups.length > 1);
  if (offered.length === 0) return <p className="note">People told nothing of themselves that makes two groups of five voters or more, so that there is nothing to weigh.</p>;
  return (
    <>
      <div className="graph-choices">
        <NativeSelect label="Weigh groups by" data={[{ value: "", label: "Nothing: every person counts the same" }, ...offered.map(({ by, label }) => ({ value: by, label }))]} value={weighing?.by ?? ""} onChange={(event) => { onChange(event.currentTarget.value || undefined); }} />
        {trait && (
          <NativeSelect
            label="How much each group counts"
            data={[{ value: "even", label: "Every group the same" }, { value: "shares", label: "By shares of a population" }]}
            value={weighing?.shares === undefined ? "even" : "shares"}
            onChange={(event) => { onChange(event.currentTarget.value === "even" ? trait.by : balanceOf({ by: trait.by, shares: Object.fromEntries(trait.groups.map(({ name }) => [name, String(Math.round(100 / trait.groups.length))])) })); }}
          />
        )}
      </div>
      {trait && weighing?.shares !== undefined && <Shares key={balance} trait={trait} shares={weighing.shares} onChange={onChange} />}
      <p className="note">Scores and their intervals change; counts of votes stay counts of votes. Who told nothing, or belongs to a group too small to show, counts as one person.</p>
    </>
  );
}
