/** What was found of how firm the first place is; every number opens the votes that it counts. */
import { count } from "@/lib/numbers";
import { DataTable } from "@/studio/components/DataTable";
import type { GraphChoice } from "../api/graph";
import type { Firmness, Trait } from "../api/types";
import { decisiveWinners, falseVotersText, helpfulText, type Known, type Name, smallestText, verdictText, withoutOneText } from "../hooks/firmness";
import { Changes, groupColumns, helpfulColumns, type To, upsetColumns } from "./FirmnessColumns";
import { VotesButton } from "./VotesButton";

interface FirmnessFoundProps {
  found: Firmness;
  choice: GraphChoice;
  traits: readonly Trait[];
  name: Name;
  to: To;
  known: (one: number, other: number) => Known;
}

function WithoutOne({ found, choice, name }: Pick<FirmnessFoundProps, "found" | "choice" | "name">) {
  const { context, rule, balance } = choice;
  const { decisive, participants } = found;
  return (
    <section className="sheet" aria-labelledby="one-out">
      <h2 id="one-out">Without one participant</h2>
      <p>{withoutOneText(found, name)} {participants > 0 && <VotesButton asked={{ context }} title="Votes of everybody" quiet>See the votes of all {count(participants)}</VotesButton>}</p>
      {decisive.length > 0 && (
        <>
          <ul>{decisiveWinners(found).map(([winner, times]) => <li key={String(winner)}>{winner === null ? "Nothing is left to rank" : `${name(winner)} is first`} without {times === 1 ? "one of them" : `any of ${count(times)} of them`}.</li>)}</ul>
          <p><VotesButton asked={{ context, decisive: rule, balance }} title="Votes of those without whom another value is first" quiet>{decisive.length === 1 ? "See this person’s votes" : `See the votes of these ${count(decisive.length)} people`}</VotesButton></p>
        </>
      )}
    </section>
  );
}

/** Draws it. */
export function FirmnessFound({ found, choice, traits, name, to, known }: FirmnessFoundProps) {
  const { smallest_change: smallest, false_voters: upsets, groups, helpful, participants } = found;
  const { context } = choice;
  return (
    <div className="firmness">
      <p className="firmness-verdict" role="status">{verdictText(found, name)}</p>
      <section className="sheet" aria-labelledby="smallest">
        <h2 id="smallest">The smallest change of votes</h2>
        <p>{smallestText(found, name)}</p>
        {smallest && <Changes changes={smallest.changes} name={name} to={to} turned />}
        <p className="note">The change was searched for one answer at a time; it is enough for certain, and a cleverer search might find a smaller one.</p>
      </section>
      <WithoutOne found={found} choice={choice} name={name} />
      <section className="sheet" aria-labelledby="group-out">
        <h2 id="group-out">Without one group</h2>
        {groups.length === 0
          ? <p>People told nothing of themselves that makes groups of five or more voters here.</p>
          : <DataTable caption="Who is first without each group" columns={groupColumns({ name, traits, context })} rows={groups} rowKey={({ by, name: group }) => `${by}=${group}`} />}
      </section>
      <section className="sheet" aria-labelledby="false-voters">
        <h2 id="false-voters">False voters</h2>
        <p>{falseVotersText(found, name)}</p>
        {upsets.length > 0 && <DataTable caption="How few false voters would bring each value to the first place" columns={upsetColumns(name, to)} rows={upsets} rowKey={({ value }) => String(value)} />}
        <p className="note">Made-up voters give the three answers that help most, one voter after the other, on steps that people are asked about (<VotesButton asked={{ context }} title="Votes of everybody">{count(participants)} people voted</VotesButton>). A cleverer search might need fewer; up to 40 were tried.</p>
      </section>
      <section className="sheet" aria-labelledby="helpful">
        <h2 id="helpful">Which votes would help most to settle it</h2>
        {helpful.length === 0 ? <p>No step stands out.</p> : (
          <>
            <p>{helpfulText(found, name)}</p>
            <DataTable caption="Steps whose next vote would help most" columns={helpfulColumns(name, to, known)} rows={helpful} rowKey={({ less_wise, wiser }) => `${less_wise}-${wiser}`} />
          </>
        )}
      </section>
    </div>
  );
}
