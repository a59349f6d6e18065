/** Contexts of many comparisons at once: propose them by words, look at those that wait, confirm a page. */
import { Button, Group, NativeSelect } from "@mantine/core";
import { notify, notifyError } from "@/studio/lib/notices";
import { may } from "@/studio/lib/me";
import { useAddress, textFrom } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { useConfirmContexts, useProposeContexts } from "../api/comparisons";
import type { ComparisonRow } from "../api/types";

const STANDINGS = [{ value: "", label: "Anything" }, { value: "proposed", label: "Proposed, not confirmed" }, { value: "none", label: "None, nothing proposed" }];

/** Proposals of a page by the context that they name. */
function byContext(rows: readonly ComparisonRow[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  for (const { id, proposed_context } of rows) {
    if (proposed_context !== null) found.set(proposed_context, [...(found.get(proposed_context) ?? []), id]);
  }
  return found;
}

/** Draws the filter and, for those who may write, the two buttons. */
export function ContextTools({ audit, rows }: { audit: string; rows: readonly ComparisonRow[] }) {
  const { slug, role } = useStudy();
  const [search, change] = useAddress();
  const propose = useProposeContexts(slug, audit);
  const confirm = useConfirmContexts(slug, audit);
  const waiting = byContext(rows);
  const count = [...waiting.values()].reduce((sum, ids) => sum + ids.length, 0);
  const press = (): void => {
    propose.mutate(undefined, {
      onSuccess: ({ proposed, undecided }) => {
        notify(`${proposed.toLocaleString()} contexts are proposed; for ${undecided.toLocaleString()} no context leads.`);
        change({ standing: "proposed", page: undefined });
      },
      onError: notifyError,
    });
  };
  const confirmPage = (): void => {
    for (const [context, comparisons] of waiting) confirm.mutate({ comparisons, context }, { onError: notifyError });
  };
  return (
    <Group align="end" gap="sm">
      <NativeSelect label="Context" data={STANDINGS} value={textFrom(search, "standing") ?? ""} onChange={(event) => { change({ standing: event.currentTarget.value, page: undefined }); }} />
      {may(role, "write") && <Button variant="default" loading={propose.isPending} onClick={press}>Propose contexts</Button>}
      {may(role, "write") && count > 0 && <Button loading={confirm.isPending} onClick={confirmPage}>Confirm the {count} on this page</Button>}
    </Group>
  );
}
