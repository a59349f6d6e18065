/** The tables of how firm the first place is, and the changed answers that some of their numbers stand for. */
import { count, decimal } from "@/lib/numbers";
import type { Column } from "@/studio/components/DataTable";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { StudioLink } from "@/studio/components/StudioLink";
import { useInspector } from "@/studio/shell/inspector";
import type { Change, Firmness, Trait } from "../api/types";
import { changeText, type Known, type Name, saidBefore } from "../hooks/firmness";
import { answerOf, questionOf } from "../hooks/traits";
import { VotesButton } from "./VotesButton";

type WithoutGroup = Firmness["groups"][number];
type Upset = Firmness["false_voters"][number];
type Helpful = Firmness["helpful"][number];
/** Where the votes on a step are: all of them, or those with one answer. */
export type To = (one: number, other: number, answer?: Change["answer"]) => string;

interface ChangesProps {
  changes: readonly Change[];
  name: Name;
  to: To;
  /** Answers that were given and would be turned round, not such as are made up. */
  turned?: boolean;
}

/** Draws which answers would read otherwise, each with the votes as they are. */
export function Changes({ changes, name, to, turned = false }: ChangesProps) {
  return (
    <ul className="steps-list">
      {changes.map((change) => <li key={`${change.less_wise}-${change.wiser}-${change.answer}`}><p>{changeText(change, name)}. <StudioLink to={to(change.less_wise, change.wiser, turned ? saidBefore(change.answer) : undefined)}>See the votes</StudioLink></p></li>)}
    </ul>
  );
}

/** Who would be first without each group. */
export function groupColumns({ name, traits, context }: { name: Name; traits: readonly Trait[]; context?: string }): readonly Column<WithoutGroup>[] {
  const votes = ({ by, name: group }: WithoutGroup, text: string) => {
    const answer = answerOf(traits, by, group);
    return <VotesButton asked={{ by, group, context }} title={`Votes: ${answer}`} label={`${text}: ${answer}`}>{text}</VotesButton>;
  };
  return [
    { key: "question", label: "By", cell: ({ by }) => questionOf(traits, by), sortBy: ({ by }) => by },
    { key: "group", label: "Left out", cell: ({ by, name: group }) => answerOf(traits, by, group), sortBy: ({ by, name: group }) => `${by} ${group}` },
    { key: "people", label: "People", numeric: true, cell: (row) => votes(row, count(row.people)), sortBy: ({ people }) => people },
    { key: "votes", label: "Votes", numeric: true, cell: (row) => votes(row, count(row.votes)), sortBy: ({ votes: many }) => many },
    { key: "winner", label: "First without them", cell: ({ winner }) => name(winner), sortBy: ({ winner }) => winner },
    { key: "changed", label: "Changes it", cell: ({ changed }) => (changed ? "yes" : "no"), sortBy: ({ changed }) => Number(changed) },
  ];
}

function votesOf(changes: readonly Change[]): number {
  return changes.reduce((sum, { votes }) => sum + votes, 0);
}

/** A number of made-up votes: opens what they would say, each with the votes that people gave. */
function MadeUp({ upset: { value, changes }, number, what, name, to }: { upset: Upset; number: number; what: string; name: Name; to: To }) {
  const { open } = useInspector();
  const press = (): void => {
    open({ title: `To bring ${name(value)} to the first place`, content: <Changes changes={changes} name={name} to={to} /> });
  };
  return <button type="button" className="row-button is-number" aria-label={`${count(number)} ${what} for ${name(value)}: see what they would answer`} onClick={press}>{count(number)}</button>;
}

/** How few made-up voters each value needs. */
export function upsetColumns(name: Name, to: To): readonly Column<Upset>[] {
  const numeric = (key: string, label: string, what: string, of: (upset: Upset) => number): Column<Upset> => ({
    key, label, numeric: true, sortBy: of, cell: (upset) => <MadeUp upset={upset} number={of(upset)} what={what} name={name} to={to} />,
  });
  return [
    { key: "value", label: "Would come first", cell: ({ value }) => name(value), sortBy: ({ value }) => name(value) },
    numeric("voters", "False voters needed", "false voters", ({ count: many }) => many),
    numeric("votes", "Votes they cast", "votes they cast", ({ changes }) => votesOf(changes)),
    numeric("steps", "On steps", "steps", ({ changes }) => changes.length),
  ];
}

/** Where the next vote takes off most doubt, and what is known there. */
export function helpfulColumns(name: Name, to: To, known: (one: number, other: number) => Known): readonly Column<Helpful>[] {
  return [
    { key: "step", label: "Ask whether this step makes wiser", cell: ({ less_wise, wiser }) => <StudioLink to={to(less_wise, wiser)}>{name(less_wise)} → {name(wiser)}</StudioLink>, sortBy: ({ less_wise }) => name(less_wise) },
    { key: "worth", label: "The next vote takes off the doubt", numeric: true, cell: ({ worth }) => `${decimal(100 * worth, 1)} %`, sortBy: ({ worth }) => worth },
    {
      key: "known", label: "Found wiser so far", numeric: true,
      cell: ({ less_wise, wiser }) => {
        const { n, likelihood, low, high } = known(less_wise, wiser);
        return likelihood === undefined ? "nobody was asked, n = 0" : <NumberWithInterval value={likelihood} low={low} high={high} n={n} rows={to(less_wise, wiser)} />;
      },
      sortBy: ({ less_wise, wiser }) => known(less_wise, wiser).n,
    },
  ];
}
