/** A study's protocol: what it asks and tells, in every language, and whether people can come in. */
import "@/styles/study.css";
import { Button, Checkbox, Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { may, useMe } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { protocolQuery } from "../api/protocol";
import type { Protocol, ProtocolView } from "../api/types";
import { OpeningPanel } from "../components/OpeningPanel";
import { AboutEditor, SurveyEditor } from "../components/PeopleEditor";
import { SavedInBetween } from "../components/SavedInBetween";
import { SectionList } from "../components/SectionList";
import { CodesEditor, RunningEditor } from "../components/SettingsEditor";
import { DoorEditor, QuestionsEditor } from "../components/TextsEditor";
import { type SaveState, useProtocolDraft } from "../hooks/autosave";
import { goTo, type Lack } from "../hooks/lacks";
import { type Language, LANGUAGES, reviewed, unreviewed } from "../hooks/protocol-draft";

const SAID: Record<SaveState, string> = {
  saved: "Saved",
  unsaved: "Not saved yet",
  saving: "Saving",
  conflict: "Not saved: somebody else saved in between",
  failed: "Not saved: something in it is not as it must be, or the server cannot be reached.",
};

function Problems({ problems }: { problems: Readonly<Record<string, string[]>> }) {
  const places = Object.entries(problems);
  return places.length === 0 ? null : <ul className="lacks" role="alert">{places.map(([place, texts]) => <li key={place}><code>{place}</code>: {texts.join(" ")}</li>)}</ul>;
}

interface Shown {
  language: Language;
  beside?: Language;
}

function ReviewMark({ protocol, language, readOnly, onMark }: { protocol: Protocol; language: Language; readOnly: boolean; onMark: () => void }) {
  const mark = protocol.reviews.find((review) => review.language === language);
  const { name } = LANGUAGES.find(({ code }) => code === language) ?? { name: language };
  return <Checkbox id="reviews" className="protocol-review" label="I read all texts in this language" description={mark ? `${name}: reviewed by ${mark.by}, ${new Date(mark.at).toLocaleDateString()}` : `${name}: the study opens only in languages that somebody reviewed.`} checked={mark !== undefined} disabled={readOnly} onChange={onMark} />;
}

function Languages({ shown: { language, beside }, onShow }: { shown: Shown; onShow: (shown: Shown) => void }) {
  const codeOf = (value: string): Language | undefined => LANGUAGES.find(({ code }) => code === value)?.code;
  return (
    <Group gap="sm" align="end">
      <SegmentedControl aria-label="Language of the texts" data={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))} value={language} onChange={(value) => { onShow({ language: codeOf(value) ?? "en", beside: beside === value ? undefined : beside }); }} />
      <NativeSelect aria-label="Another language beside it" data={[{ value: "", label: "alone" }, ...LANGUAGES.filter(({ code }) => code !== language).map(({ code, name }) => ({ value: code, label: `beside ${name}` }))]} value={beside ?? ""} onChange={(event) => { onShow({ language, beside: codeOf(event.currentTarget.value) }); }} />
    </Group>
  );
}

function Editor({ slug, view }: { slug: string; view: ProtocolView }) {
  const { role } = useStudy();
  const { name } = useMe();
  const [shown, setShown] = useState<Shown>({ language: "en" });
  const [jump, setJump] = useState<Lack>();
  const { language, beside } = shown;
  const { protocol, state, problems, change, undo, theirs } = useProtocolDraft(slug, view);
  const readOnly = !may(role, "write");
  const languages = beside === undefined ? [language] : [language, beside];
  const props = { slug, protocol, languages, change, readOnly, rewrite: (next: Protocol, code: Language) => { change(unreviewed(next, code)); } };
  // A field of another language is there only after the next drawing.
  const land = useEffectEvent((lack: Lack) => { goTo(lack, language); });
  useEffect(() => { if (jump) land(jump); }, [jump]);
  const jumpTo = (lack: Lack): void => {
    if (lack.language !== undefined && !languages.includes(lack.language)) setShown({ language: lack.language });
    setJump({ ...lack });
  };
  return (
    <div className="protocol">
      {theirs && <SavedInBetween slug={slug} mine={protocol} theirs={theirs} />}
      <OpeningPanel slug={slug} view={view} language={language} canWrite={!readOnly} saved={state === "saved"} onJump={jumpTo} />
      <div className="protocol-head">
        <div className="protocol-bar">
          <Languages shown={shown} onShow={setShown} />
          <ReviewMark protocol={protocol} language={language} readOnly={readOnly} onMark={() => { change(reviewed(protocol, language, name, new Date().toISOString())); }} />
          <Group gap="xs">
            <span className="badge" role="status">{SAID[state]}</span>
            {!readOnly && <Button size="compact-md" variant="default" disabled={undo === undefined} onClick={undo}>Undo</Button>}
          </Group>
        </div>
        <SectionList />
      </div>
      <Problems problems={problems} />
      <DoorEditor {...props} model={view.model} />
      <QuestionsEditor {...props} />
      <RunningEditor {...props} />
      <AboutEditor {...props} />
      <SurveyEditor {...props} usual={view.usual_survey} />
      <CodesEditor {...props} />
    </div>
  );
}

/** Draws the editor, to read for those who may not write. */
export function ProtocolPage() {
  const { slug, title } = useStudy();
  const { data, isPending, error, refetch } = useQuery(protocolQuery(slug));
  const crumbs = useMemo(() => [{ label: "Studies", to: "/" }, { label: title, to: `/studies/${slug}` }], [title, slug]);
  return (
    <Page title="Protocol" crumbs={crumbs} lede="What the study asks and tells. People who are in the study keep the version that they met.">
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Editor key={slug} slug={slug} view={data} />}
    </Page>
  );
}
