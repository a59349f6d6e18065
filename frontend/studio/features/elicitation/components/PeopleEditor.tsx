/** What people may tell about themselves, whom that lets in, and what they are asked at the end. */
import { Button, Checkbox, NativeSelect, NumberInput, Stack } from "@mantine/core";
import type { Item, Protocol, SurveyItem } from "../api/types";
import { freshItem, freshKey, freshSurveyItem, pruned, withQuota } from "../hooks/protocol-draft";
import { Fill } from "./Fill";
import { LocalText } from "./LocalText";
import { Parts } from "./Parts";
import type { EditorProps } from "./protocol-editor";

function Options({ slug, item, at, protocol, languages, change, rewrite, readOnly }: EditorProps & { item: Item; at: number }) {
  const withOptions = (options: Item["options"]): Protocol => pruned({ ...protocol, about: protocol.about.map((old, place) => (place === at ? { ...item, options } : old)) });
  const put = (options: Item["options"]): void => { change(withOptions(options)); };
  return (
    <Parts name="answer" parts={item.options} keyOf={({ key }) => key} readOnly={readOnly} onChange={(options) => { put(options); }} onAdd={() => { put([...item.options, { key: freshKey("answer", item.options), label: {}, screens_out: false }]); }}>
      {(option, set, place) => (
        <>
          <LocalText place={`about.${item.key}.${option.key}`} label={`Answer ${place + 1}`} languages={languages} readOnly={readOnly} texts={option.label} onChange={(label, code) => { rewrite(withOptions(item.options.map((old, other) => (other === place ? { ...option, label } : old))), code); }} />
          <NumberInput label="People at most" description={<Fill slug={slug} item={item.key} option={option.key} />} min={0} readOnly={readOnly} value={protocol.quotas.find((quota) => quota.item === item.key && quota.option === option.key)?.at_most ?? ""} onChange={(value) => { change(withQuota(protocol, item.key, option.key, value === "" ? undefined : Number(value))); }} />
          <Checkbox label="Ends the study for who chooses it" checked={option.screens_out} disabled={readOnly} onChange={(event) => { set({ ...option, screens_out: event.currentTarget.checked }); }} />
        </>
      )}
    </Parts>
  );
}

/** Draws the items about the person. */
export function AboutEditor(props: EditorProps) {
  const { protocol, languages, change, rewrite, readOnly } = props;
  const { about } = protocol;
  return (
    <section className="sheet" aria-labelledby="about-title" id="about">
      <h2 id="about-title">About the person</h2>
      <p className="note">Each is optional for the person and asked once. Without answers to choose from, it is answered in words.</p>
      <Parts name="item" parts={about} keyOf={({ key }) => key} readOnly={readOnly} onChange={(next) => { change(pruned({ ...protocol, about: next })); }} onAdd={() => { change({ ...protocol, about: [...about, freshItem(about)] }); }}>
        {(item, _set, at) => (
          <>
            <LocalText place={`about.${item.key}.label`} label={`Item ${at + 1}`} languages={languages} readOnly={readOnly} texts={item.label} onChange={(label, code) => { rewrite({ ...protocol, about: about.map((old, place) => (place === at ? { ...item, label } : old)) }, code); }} />
            <Options {...props} item={item} at={at} />
          </>
        )}
      </Parts>
    </section>
  );
}

/** Draws the questions at the end; the usual ones come with one button. */
export function SurveyEditor({ protocol, languages, change, rewrite, readOnly, usual }: EditorProps & { usual: readonly SurveyItem[] }) {
  const { survey } = protocol;
  return (
    <section className="sheet" aria-labelledby="survey-title" id="survey">
      <h2 id="survey-title">At the end</h2>
      <Stack gap="md">
        {survey.length === 0 && !readOnly && (
          <div><p className="note">Studies of this method have asked seven kinds of questions, so that results compare.</p><Button variant="default" onClick={() => { change({ ...protocol, survey: [...usual], reviews: [] }); }}>Ask the usual questions</Button></div>
        )}
        <Parts name="survey question" parts={survey} keyOf={({ key }) => key} readOnly={readOnly} onChange={(next) => { change({ ...protocol, survey: next }); }} onAdd={() => { change({ ...protocol, survey: [...survey, freshSurveyItem(survey)] }); }}>
          {(item, set, at) => (
            <>
              <LocalText place={`survey.${item.key}.text`} label={`Question ${at + 1}`} languages={languages} readOnly={readOnly} texts={item.text} onChange={(text, code) => { rewrite({ ...protocol, survey: survey.map((old, place) => (place === at ? { ...item, text } : old)) }, code); }} />
              <NativeSelect label="Answered" disabled={readOnly} data={[{ value: "scale", label: "from 1 to 5" }, { value: "words", label: "in words" }]} value={item.kind} onChange={(event) => { set({ ...item, kind: event.currentTarget.value === "words" ? "words" : "scale" }); }} />
            </>
          )}
        </Parts>
      </Stack>
    </section>
  );
}
