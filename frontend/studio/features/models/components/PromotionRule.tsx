/** What a study asks of a checkpoint before it is put to use; an admin sets it beforehand. */
import { Button, NumberInput, Stack, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { may } from "@/studio/lib/me";
import { notify } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { type Conditions, type Rule, ruleQuery, useSetRule } from "../api/promotion";

const percent = (share: number | null): number | "" => (share === null ? "" : Math.round(100 * share));
const share = (value: number | string): number | null => (value === "" ? null : Number(value) / 100);

function Form({ rule }: { rule: Rule }) {
  const { slug, role } = useStudy();
  const [asked, setAsked] = useState<Conditions>(rule.conditions);
  const save = useSetRule(slug);
  const readOnly = !may(role, "train");
  const set = (change: Partial<Conditions>): void => { setAsked({ ...asked, ...change }); };
  return (
    <Stack gap="sm">
      <div className="fields">
        <NumberInput label="Held-out pairs, at least" min={0} readOnly={readOnly} value={asked.least_pairs} onChange={(value) => { set({ least_pairs: Number(value) || 0 }); }} />
        <NumberInput label="Held-out accuracy surely above" description="Per cent, the lower end of the interval; empty asks nothing" min={0} max={100} readOnly={readOnly} value={percent(asked.least_agreement)} onChange={(value) => { set({ least_agreement: share(value) }); }} />
        <NumberInput label="Calibration error at most" description="Per cent; empty asks nothing" min={0} max={100} readOnly={readOnly} value={percent(asked.most_calibration_error)} onChange={(value) => { set({ most_calibration_error: share(value) }); }} />
      </div>
      <Switch label="Noticeably better than “the longer response wins”" disabled={readOnly} checked={asked.beyond_length} onChange={(event) => { set({ beyond_length: event.currentTarget.checked }); }} />
      <Switch label="Nobody behind its data has withdrawn" disabled={readOnly} checked={asked.no_withdrawals} onChange={(event) => { set({ no_withdrawals: event.currentTarget.checked }); }} />
      {!readOnly && <div><Button variant="default" loading={save.isPending} onClick={() => { save.mutate(asked, { onSuccess: () => { notify("The rule is set. It holds for decisions from now on."); } }); }}>Set the rule</Button></div>}
      {save.error && <ErrorState error={save.error} />}
      <p className="note">{rule.set_at === null ? "No rule is set yet; these are usual values." : `Set on ${new Date(rule.set_at).toLocaleString()}${rule.set_by === null ? "" : ` by ${rule.set_by}`}.`}</p>
    </Stack>
  );
}

/** Draws the rule under a heading that opens. */
export function PromotionRule() {
  const { slug } = useStudy();
  const { data } = useQuery(ruleQuery(slug));
  if (!data) return null;
  return (
    <details className="sheet">
      <summary>What a checkpoint must show before it is promoted</summary>
      <Form key={data.set_at ?? "none"} rule={data} />
    </details>
  );
}
