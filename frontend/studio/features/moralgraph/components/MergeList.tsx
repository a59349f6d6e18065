/** What waits on the desk: objections of authors first, then pairs, the nearest first. */
import { count, decimal } from "@/lib/numbers";
import type { MergeDesk, Objection } from "../api/types";

/** One entry, by the name that stands in the address. */
export interface Entry {
  at: string;
  objection?: Objection;
  pair?: MergeDesk["pairs"][number];
}

/** All entries in their order. */
export function entriesOf(desk: MergeDesk, objections: readonly Objection[]): Entry[] {
  return [
    ...objections.filter(({ state }) => state === "open").map((objection) => ({ at: `o${objection.id}`, objection })),
    ...desk.pairs.map((pair) => ({ at: `${pair.low}-${pair.high}`, pair })),
  ];
}

const SAYS = { same: "the model: the same", different: "the model: different", open: "the model: unsure", unread: "the model: could not be read", "": "" } as const;

function about({ objection, pair }: Entry): [string, string] {
  if (objection) return [`${objection.card_title} · not ${objection.value.title}`, `An author objects${objection.simulated ? ", simulated" : ""}`];
  if (pair) return [`${pair.low_title} · ${pair.high_title}`, [decimal(pair.similarity), SAYS[pair.opinion], pair.simulated ? "simulated" : ""].filter(Boolean).join(", ")];
  return ["", ""];
}

/** Draws the list; `more` says how many pairs wait beyond it. */
export function MergeList({ entries, selected, more, onOpen }: { entries: readonly Entry[]; selected?: string; more: number; onOpen: (at: string) => void }) {
  return (
    <nav aria-label="What waits" className="merge-list">
      <ol className="objection-list">
        {entries.map((entry) => {
          const [title, note] = about(entry);
          return (
            <li key={entry.at} className={(entry.objection ?? entry.pair)?.simulated ? "simulated" : undefined}>
              <button type="button" className="row-button" aria-current={entry.at === selected ? "true" : undefined} onClick={() => { onOpen(entry.at); }}>{title}</button>
              <p className="note">{note}</p>
            </li>
          );
        })}
      </ol>
      {more > 0 && <p className="note">{count(more)} more come up as you decide on these.</p>}
    </nav>
  );
}
