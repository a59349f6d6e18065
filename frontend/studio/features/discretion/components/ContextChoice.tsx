/** Which context of the moral graph a comparison has: imported, confirmed by a person, proposed, or none. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { notifyError } from "@/studio/lib/notices";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { contextsQuery, useConfirmContexts } from "../api/comparisons";
import type { ComparisonRow } from "../api/types";

const FROM: Readonly<Record<string, string>> = { imported: "from the file", confirmed: "confirmed by a person" };

/** Draws the choice; those who may not write read it. */
export function ContextChoice({ audit, comparison }: { audit: string; comparison: ComparisonRow }) {
  const { slug, role } = useStudy();
  const { data: contexts = [] } = useQuery(contextsQuery(slug));
  const confirm = useConfirmContexts(slug, audit);
  if (contexts.length === 0) return null;
  const name = (id: number | null): string => contexts.find((context) => context.id === id)?.name ?? "None: pooled";
  const say = (context: number | null): void => { confirm.mutate({ comparisons: [comparison.id], context }, { onError: notifyError }); };
  const { context, context_from, proposed_context } = comparison;
  if (!may(role, "write")) return <p>Context: {name(context)}.</p>;
  return (
    <div className="context-choice">
      <NativeSelect label="Context" description={FROM[context_from]} value={String(context ?? "")} data={[{ value: "", label: "None: pooled" }, ...contexts.map(({ id, name: label }) => ({ value: String(id), label }))]} onChange={(event) => { say(event.currentTarget.value === "" ? null : Number(event.currentTarget.value)); }} />
      {proposed_context !== null && (
        <p>By its words it may be “{name(proposed_context)}”. <Button size="compact-sm" loading={confirm.isPending} onClick={() => { say(proposed_context); }}>Confirm</Button></p>
      )}
    </div>
  );
}
