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

type ShareKey = "least_agreement" | "most_calibration_error" | "most_length_bias" | "most_position_bias" | "most_control_drop" | "most_arbitrariness";
type SwitchKey = "beyond_luck" | "beyond_length" | "beyond_base" | "no_withdrawals" | "as_people";
type Shares = readonly (readonly [key: ShareKey, label: string, end: string])[];
type Switches = readonly (readonly [key: SwitchKey, label: string])[];

const LEARNED: Shares = [
  ["least_agreement", "Held-out accuracy surely above", "the lower end of the interval"],
  ["most_calibration_error", "Calibration error at most", "of the figure"],
];
const BETTER: Switches = [
  ["beyond_luck", "Righter than what tossed targets teach (reward models on a sentence encoder)"],
  ["beyond_length", "Noticeably better than “the longer response wins”"],
  ["beyond_base", "Noticeably better than its base"],
];
const HARM: Shares = [
  ["most_control_drop", "Drop on control pairs at most", "the worse end of the interval"],
  ["most_length_bias", "Liking for length beyond the target’s at most", "the upper end of the interval"],
  ["most_position_bias", "Order of the responses decides at most in", "the upper end of the interval"],
];
const BESIDE: Shares = [["most_arbitrariness", "Arbitrariness at most", "the upper end of the interval"]];
const PEOPLE: Switches = [
  ["as_people", "Its priorities cannot be told from the people’s"],
  ["no_withdrawals", "Nobody behind its data has withdrawn"],
];

function Form({ rule }: { rule: Rule }) {
  const { slug, role } = useStudy();
  const [asked, setAsked] = useState<Conditions>(rule.conditions);
  const save = useSetRule(slug);
  const readOnly = !may(role, "train");
  const set = (change: Partial<Conditions>): void => { setAsked({ ...asked, ...change }); };
  const shares = (of: Shares) => of.map(([key, label, end]) => (
    <NumberInput key={key} label={label} description={`Per cent, ${end}; empty asks nothing`} min={0} max={100} readOnly={readOnly} value={percent(asked[key] ?? null)} onChange={(value) => { set({ [key]: share(value) }); }} />
  ));
  const switches = (of: Switches) => of.map(([key, label]) => (
    <Switch key={key} label={label} disabled={readOnly} checked={asked[key] ?? false} onChange={(event) => { set({ [key]: event.currentTarget.checked }); }} />
  ));
  return (
    <Stack gap="sm">
      <fieldset className="conditions"><legend>What it learned</legend>
        <div className="fields">
          <NumberInput label="Held-out pairs, at least" min={0} readOnly={readOnly} value={asked.least_pairs} onChange={(value) => { set({ least_pairs: Number(value) || 0 }); }} />
          {shares(LEARNED)}
        </div>
        {switches(BETTER)}
      </fieldset>
      <fieldset className="conditions"><legend>What it may have spoilt</legend><div className="fields">{shares(HARM)}</div></fieldset>
      <fieldset className="conditions"><legend>Beside the people of an audit</legend>
        <div className="fields">{shares(BESIDE)}</div>
        {switches(PEOPLE)}
      </fieldset>
      {!readOnly && <div><Button variant="default" loading={save.isPending} onClick={() => { save.mutate(asked, { onSuccess: () => { notify("The rule is set. It holds for decisions from now on."); } }); }}>Set the rule</Button></div>}
      {save.error && <ErrorState error={save.error} />}
      <p className="note">{rule.set_at === null ? "No rule is set yet; these are usual values." : `Set on ${new Date(rule.set_at).toLocaleString()}${rule.set_by === null ? "" : ` by ${rule.set_by}`}.`}</p>
    </Stack>
  );
}

/** Draws the part of the Models page; the conditions open. */
export function PromotionRule() {
  const { slug } = useStudy();
  const { data } = useQuery(ruleQuery(slug));
  if (!data) return null;
  return (
    <section className="part" id="promotion" aria-label="Promotion">
      <h2>Promotion</h2>
      <p className="note">An admin says beforehand what a checkpoint must show before it is put to use. {data.set_at === null ? "No rule is set yet." : `The rule was set on ${new Date(data.set_at).toLocaleDateString()}.`}</p>
      <details className="sheet promotion-rule">
        <summary>What a checkpoint must show before it is promoted</summary>
        <Form key={data.set_at ?? "none"} rule={data} />
      </details>
    </section>
  );
}
