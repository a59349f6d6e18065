/** How judgements are asked for: which answers, when a reason, how many pairs return, what is blurred; a change is a new version. */
import { Button, Checkbox, Group, Radio, Slider, Stack, TagsInput, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { may } from "@/studio/lib/me";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { askedByQuery, useAskBy } from "../api/guidance";
import type { Desk } from "../api/next";
import type { AskedBy, Asking } from "../api/types";

const OVERALL = [["tie", "Tie"], ["both_bad", "Both bad"], ["cannot_tell", "Cannot tell, with why"], ["skip", "Skip"]] as const;
const BY_PRINCIPLE = [["tie", "Tie"], ["not_applicable", "Does not apply"]] as const;

function describe({ content }: AskedBy): string {
  const back = `${Math.round(content.repeat_share * 100)} % return`;
  const reasons = content.reasons === "always" ? "a reason every time" : "a reason against one’s own principles";
  return [[...content.overall].join(", ").replaceAll("_", " "), reasons, back, `blur: ${content.blur}`, content.free_desk ? "any pair beyond one’s pile" : "pairs of batches alone"].join("; ");
}

function Boxes<Name extends string>({ label, options, value, onChange }: { label: string; options: readonly (readonly [Name, string])[]; value: readonly Name[]; onChange: (value: Name[]) => void }) {
  return (
    <Checkbox.Group label={label} value={[...value]} onChange={(names) => { onChange(names as Name[]); }}>
      <Group mt="xs">{options.map(([name, words]) => <Checkbox key={name} value={name} label={words} />)}</Group>
    </Checkbox.Group>
  );
}

function Form({ desk, inForce }: { desk: Desk; inForce: AskedBy }) {
  const [asking, setAsking] = useState<Asking>(inForce.content);
  const ask = useAskBy(desk);
  const change = (part: Partial<Asking>): void => { setAsking((before) => ({ ...before, ...part })); };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    ask.mutate(asking, { onSuccess: ({ number }) => { notify(`Version ${number} is asked by from now on.`); }, onError: notifyError });
  };
  return (
    <form className="sheet" aria-label="How judgements are asked for" onSubmit={submit}>
      <Boxes label="Overall, beside A and B" options={OVERALL} value={asking.overall} onChange={(overall) => { change({ overall }); }} />
      <Boxes label="By principle, beside A and B" options={BY_PRINCIPLE} value={asking.by_principle} onChange={(by_principle) => { change({ by_principle }); }} />
      <Radio.Group label="A reason is asked" value={asking.reasons} onChange={(reasons) => { change({ reasons: reasons as Asking["reasons"] }); }}>
        <Stack gap="xs" mt="xs">
          <Radio value="against" label="When the choice goes against all of one’s own principles" />
          <Radio value="always" label="Every time" />
        </Stack>
      </Radio.Group>
      <div>
        <Text size="sm" id="repeat-label">{Math.round(asking.repeat_share * 100)} % of pairs return with their sides changed (batches that begin from now on)</Text>
        <Slider thumbProps={{ "aria-labelledby": "repeat-label" }} min={0} max={0.25} step={0.01} label={null} value={asking.repeat_share} onChange={(repeat_share) => { change({ repeat_share }); }} />
      </div>
      <Radio.Group label="Blurred until asked for" value={asking.blur} onChange={(blur) => { change({ blur: blur as Asking["blur"] }); }}>
        <Stack gap="xs" mt="xs">
          <Radio value="never" label="Nothing" />
          <Radio value="sensitive" label="Pairs that their file marks as sensitive, and those with one of the words below" />
          <Radio value="always" label="Everything" />
        </Stack>
      </Radio.Group>
      <Checkbox label="Who has no pile, or has finished it, may judge any pair" description="Otherwise only pairs of batches are judged" checked={asking.free_desk} onChange={(event) => { change({ free_desk: event.currentTarget.checked }); }} />
      <TagsInput label="Sensitive words" description="Enter after each" value={[...asking.sensitive_words]} onChange={(sensitive_words) => { change({ sensitive_words }); }} />
      <Button type="submit" loading={ask.isPending}>Ask this way from now on</Button>
    </form>
  );
}

/** Draws the form and the versions. */
export function AskingEditor({ desk }: { desk: Desk }) {
  const { role } = useStudy();
  const { data, isPending, error, refetch } = useQuery(askedByQuery(desk));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  const [inForce] = data;
  return (
    <div className="annotation-part">
      {inForce && may(role, "write") && <Form key={inForce.number} desk={desk} inForce={inForce} />}
      <ul className="own-acts" aria-label="Versions of how judgements are asked for">
        {data.map((version) => (
          <li key={version.number}>
            <strong>{version.number === 0 ? "As Touchstone asks by itself" : `Version ${version.number}`}</strong>
            {version.created_at !== null && `, ${new Date(version.created_at).toLocaleDateString()}`}: {describe(version)}
          </li>
        ))}
      </ul>
    </div>
  );
}
