/** How the study runs: who asks, how long, how many, whom to ask for help, and the code of every way out. */
import { Button, CopyButton, NumberInput, Radio, Stack, Switch, TextInput } from "@mantine/core";
import type { Protocol } from "../api/types";
import type { EditorProps } from "./protocol-editor";

const INTERVIEWERS: readonly { value: Protocol["interviewer"]; label: string }[] = [
  { value: "auto", label: "A language model where one is configured, else the guided interview" },
  { value: "guided", label: "The guided interview, a program without AI" },
  { value: "llm", label: "A language model; the guided interview goes on where it fails" },
];
const CODES: readonly (readonly [keyof Protocol["codes"], string])[] = [
  ["complete", "Complete"], ["screened_out", "Screened out"], ["under_age", "Under age"],
  ["over_quota", "Over quota"], ["withdrew", "Withdrew"], ["failed", "Failed on our side"],
];
const PROLIFIC = "https://app.prolific.com/submissions/complete?cc={code}";

function whole(value: number | string): number | null {
  return value === "" ? null : Number(value);
}

/** Draws the numbers and switches. */
export function RunningEditor({ protocol, change, readOnly }: EditorProps) {
  const set = (next: Partial<Protocol>): void => { change({ ...protocol, ...next }); };
  return (
    <section className="sheet" aria-labelledby="running-title" id="running">
      <h2 id="running-title">How it runs</h2>
      <div className="fields">
        <Radio.Group className="field-whole" label="Who asks" value={protocol.interviewer} onChange={(chosen) => { set({ interviewer: INTERVIEWERS.find(({ value }) => value === chosen)?.value ?? protocol.interviewer }); }}>
          <Stack gap="xs" mt="xs">{INTERVIEWERS.map(({ value, label }) => <Radio key={value} value={value} label={label} disabled={readOnly} />)}</Stack>
        </Radio.Group>
        <TextInput id="help_contact" label="Whom people can ask for help" description="Shown on every page" readOnly={readOnly} maxLength={200} value={protocol.help_contact} onChange={(event) => { set({ help_contact: event.currentTarget.value }); }} />
        <TextInput type="date" id="retention_until" label="Answers are kept until" description="Needed before the study can open" readOnly={readOnly} value={protocol.retention_until ?? ""} onChange={(event) => { set({ retention_until: event.currentTarget.value === "" ? null : event.currentTarget.value }); }} />
        <NumberInput label="Minutes, as announced" min={1} max={240} readOnly={readOnly} value={protocol.minutes} onChange={(value) => { set({ minutes: whole(value) ?? 15 }); }} />
        <NumberInput label="Age, at least" min={0} max={120} readOnly={readOnly} value={protocol.min_age} onChange={(value) => { set({ min_age: whole(value) ?? 18 }); }} />
        <NumberInput label="Stories to judge, each" min={0} max={20} readOnly={readOnly} value={protocol.votes_each} onChange={(value) => { set({ votes_each: whole(value) ?? 3 }); }} />
        <NumberInput label="Of these, about their own value" description="Empty: a third, which settles the ranking soonest" min={1} max={20} readOnly={readOnly} value={protocol.votes_on_own ?? ""} onChange={(value) => { set({ votes_on_own: whole(value) }); }} />
        <NumberInput label="Places in all" description="Empty: as many as come" min={0} readOnly={readOnly} value={protocol.places ?? ""} onChange={(value) => { set({ places: whole(value) }); }} />
        <Switch label="Ask which values of others are wise to consider" disabled={readOnly} checked={protocol.wise_values} onChange={(event) => { set({ wise_values: event.currentTarget.checked }); }} />
      </div>
    </section>
  );
}

/** Draws the codes and the way back. */
export function CodesEditor({ protocol, change, readOnly, slug }: EditorProps) {
  const link = `${window.location.origin}/s/${slug}/?PROLIFIC_PID={{%PROLIFIC_PID%}}&STUDY_ID={{%STUDY_ID%}}&SESSION_ID={{%SESSION_ID%}}`;
  return (
    <section className="sheet" aria-labelledby="codes-title" id="codes">
      <h2 id="codes-title">Ways out and their codes</h2>
      <Stack gap="md">
        <div className="fields">
          {CODES.map(([name, label]) => <TextInput key={name} label={label} readOnly={readOnly} maxLength={40} value={protocol.codes[name]} onChange={(event) => { change({ ...protocol, codes: { ...protocol.codes, [name]: event.currentTarget.value } }); }} />)}
        </div>
        <TextInput label="Where people go back to" description="The code stands in it as {code}; people see their code first and go by a button" readOnly={readOnly} maxLength={300} value={protocol.return_url} onChange={(event) => { change({ ...protocol, return_url: event.currentTarget.value }); }} />
        {!readOnly && protocol.return_url === "" && <div><Button variant="default" size="compact-md" onClick={() => { change({ ...protocol, return_url: PROLIFIC }); }}>Use Prolific’s address</Button></div>}
        <div className="study-link">
          <span className="note">The address for Prolific, with its ids: <code className="long-code">{link}</code></span>
          <CopyButton value={link}>{({ copied, copy }) => <Button variant="default" size="compact-md" onClick={copy}>{copied ? "Copied" : "Copy the address for Prolific"}</Button>}</CopyButton>
        </div>
      </Stack>
    </section>
  );
}
