/** Kinds of moments that people or a model put into words: each becomes a context, goes into one, or is declined. */
import { Group } from "@mantine/core";
import { decimal } from "@/lib/numbers";
import { notify } from "@/studio/lib/notices";
import { useContextDesk } from "../api/contexts";
import type { ContextDesk, ContextProposal } from "../api/types";
import { Asking } from "./Asking";

const NAMES: Readonly<Record<string, string>> = { en: "English", es: "Spanish", ar: "Arabic" };

function saidBy({ origin, model, language }: ContextProposal): string {
  const who = origin === "llm" ? `proposed by a language model${model === "" ? "" : ` (${model})`}` : "in the person’s own words";
  return [who, NAMES[language]].filter(Boolean).join(", ");
}

function Proposal({ slug, item, others }: { slug: string; item: ContextProposal; others: readonly { value: string; label: string }[] }) {
  const { decide } = useContextDesk(slug);
  const near = new Map(item.near.map(({ id, similarity }) => [String(id), similarity]));
  const sorted = [...others].sort((a, b) => (near.get(b.value) ?? 0) - (near.get(a.value) ?? 0));
  const choices = sorted.map(({ value, label }) => ({ value, label: near.has(value) ? `${label} (similarity ${decimal(near.get(value) ?? 0)})` : label }));
  const send = (verdict: Omit<Parameters<typeof decide.mutate>[0], "id">, said: string) => {
    decide.mutate({ id: item.id, ...verdict }, { onSuccess: () => { notify(said); } });
  };
  return (
    <Group gap="xs">
      <Asking label="Make it a context" about={`Make a context of “${item.name}”`} send="Make it a context" name={item.name} reason="none" primary busy={decide.isPending} error={decide.error}
        onSend={({ name }) => { send({ state: "confirmed", name }, "It is a context now."); }} />
      {others.length > 0 && (
        <Asking label="Put it into one" about={`Put “${item.name}” into a context`} send="Put it there" others={choices} reason="none" busy={decide.isPending} error={decide.error}
          onSend={({ other }) => { send({ state: "put_into", into: Number(other) }, "Its card belongs to that context now."); }} />
      )}
      <Asking label="Decline" about={`Decline “${item.name}”`} send="Decline" reason="needed" busy={decide.isPending} error={decide.error}
        onSend={({ reason }) => { send({ state: "declined", reason }, "Declined. It can be opened again below."); }} />
    </Group>
  );
}

/** Draws what waits. */
export function ContextProposals({ slug, desk, writes }: { slug: string; desk: ContextDesk; writes: boolean }) {
  const others = desk.contexts.filter(({ state }) => state === "in_use").map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <ul className="pairs">
      {desk.proposals.map((item) => (
        <li key={item.id} className={item.simulated ? "pair simulated" : "pair"} tabIndex={-1} data-waits>
          <p className="tale-text" dir="auto">{item.name}</p>
          <p className="note">{saidBy(item)} · of the card <bdi>“{item.card_title}”</bdi>{item.simulated && " · simulated"}</p>
          {item.near[0] && <p className="note">Near <bdi>“{item.near[0].name}”</bdi>, similarity {decimal(item.near[0].similarity)}.</p>}
          {writes && <Proposal slug={slug} item={item} others={others} />}
        </li>
      ))}
    </ul>
  );
}
