/** An objection side by side: the card of the person who objects, and what it was put together with. */
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/studio/components/ErrorState";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { ValuesCard } from "@/studio/components/ValuesCard";
import { objectionQuery } from "../api/objections";
import type { ObjectionDetail } from "../api/types";
import { ObjectionAnswer } from "./ObjectionAnswer";

function Members({ members }: { members: ObjectionDetail["members"] }) {
  if (members.length === 0) return <p className="note">No other card stands in this value now.</p>;
  return (
    <details>
      <summary>{members.length === 1 ? "The other card in it" : `The ${members.length} other cards in it`}</summary>
      <ul className="objection-members">{members.map((card) => <li key={card.id}><ValuesCard title={card.title} summary={card.summary} policies={card.policies} compact level={4} /></li>)}</ul>
    </details>
  );
}

/** Draws both sides and what was decided. */
export function ObjectionSides({ slug, id, writes }: { slug: string; id: number; writes: boolean }) {
  const { data, isPending, error, refetch } = useQuery(objectionQuery(slug, id));
  if (isPending) return <PageSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  const { objection, card, merged, members } = data;
  return (
    <article className="objection" aria-labelledby="objection-title">
      <h2 id="objection-title">“{objection.card_title}” is not “{objection.value.title}”, says its author</h2>
      {objection.reason === "" ? <p className="note">They gave no reason.</p> : <blockquote className="objection-reason" dir="auto">{objection.reason}</blockquote>}
      <div className="objection-sides">
        <section aria-label="The card of the person">
          <ValuesCard title={card.title} summary={card.summary} policies={card.policies} tag="Their card" simulated={objection.simulated} />
          {card.policies.every(({ quote }) => quote === "") && <p className="note">They did not agree to be quoted, so their sentences are not shown.</p>}
        </section>
        <section aria-label="What it was put into">
          <ValuesCard title={objection.value.title} summary={objection.value.summary} policies={objection.value.policies} tag="The value" simulated={objection.value.simulated} />
          <p className="note">Put together by {merged.by}, {new Date(merged.at).toLocaleDateString()}{merged.reason !== "" && <>: <q dir="auto">{merged.reason}</q></>} <StudioLink to={`/studies/${slug}/graph?value=${objection.value.id}`}>See it in the graph</StudioLink></p>
          <Members members={members} />
        </section>
      </div>
      <ObjectionAnswer slug={slug} detail={data} writes={writes} />
    </article>
  );
}
