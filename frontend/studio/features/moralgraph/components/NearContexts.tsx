/** Contexts in use that may say the same, side by side: put one into the other, or keep both. */
import { Group } from "@mantine/core";
import { count, decimal } from "@/lib/numbers";
import { notify } from "@/studio/lib/notices";
import { useContextDesk } from "../api/contexts";
import type { ContextDesk, ContextRow } from "../api/types";
import { Asking } from "./Asking";
import { VotesButton } from "./VotesButton";

/** "3 cards, 12 transitions, 40 votes"; the votes open. */
export function RestsOn({ row: { id, name, cards, transitions, votes } }: { row: ContextRow }) {
  const part = (n: number, one: string, many: string): string => `${count(n)} ${n === 1 ? one : many}`;
  const cast = part(votes, "vote", "votes");
  return (
    <p className="note">
      {part(cards, "card", "cards")}, {part(transitions, "transition", "transitions")},{" "}
      {votes === 0 ? cast : <VotesButton asked={{ context: String(id) }} title={`Votes: ${name}`} label={`${cast} in “${name}”`}>{cast}</VotesButton>}
    </p>
  );
}

function Pair({ slug, ends, similarity, writes }: { slug: string; ends: readonly [ContextRow, ContextRow]; similarity: number; writes: boolean }) {
  const { end } = useContextDesk(slug);
  const both = ends.map(({ name }) => `“${name}”`).join(" and ");
  // The one on which more rests comes first.
  const [stays, goes] = [...ends].sort((a, b) => b.votes - a.votes || b.cards - a.cards || a.id - b.id) as [ContextRow, ContextRow];
  const names = [stays, goes].map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <li className="pair" tabIndex={-1} data-waits>
      <div className="story-ends">{ends.map((row) => <div key={row.id}><p className="tale-text" dir="auto">{row.name}</p>{row.description !== "" && <p className="note" dir="auto">{row.description}</p>}<RestsOn row={row} /></div>)}</div>
      <p className="note">Similarity {decimal(similarity)}; 1 would be the same text.</p>
      {writes && (
        <Group gap="xs">
          <Asking label="Put together" about={`Put ${both} together`} send="Put together" others={names} choice="Whose name stays" reason="needed" primary busy={end.isPending} error={end.error}
            onSend={({ other, reason }) => {
              const kept = Number(other);
              end.mutate({ id: kept === stays.id ? goes.id : stays.id, kind: "merged", other: kept, reason }, { onSuccess: () => { notify("Put together. It can be undone below."); } });
            }} />
          <Asking label="Keep apart" about={`Keep ${both} apart`} send="Keep apart" reason="needed" busy={end.isPending} error={end.error}
            onSend={({ reason }) => { end.mutate({ id: goes.id, kind: "apart", other: stays.id, reason }, { onSuccess: () => { notify("Kept apart."); } }); }} />
        </Group>
      )}
    </li>
  );
}

/** Draws the pairs, the nearest first. */
export function NearContexts({ slug, desk, writes }: { slug: string; desk: ContextDesk; writes: boolean }) {
  const rows = new Map(desk.contexts.map((row) => [row.id, row]));
  return (
    <ul className="pairs">
      {desk.near.map(({ low, high, similarity }) => {
        const one = rows.get(low), other = rows.get(high);
        return one && other ? <Pair key={`${low}-${high}`} slug={slug} ends={[one, other]} similarity={similarity} writes={writes} /> : null;
      })}
    </ul>
  );
}
