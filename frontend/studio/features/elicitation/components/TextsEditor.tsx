/** What people are told before they agree, and the questions that they are interviewed about. */
import { Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { contextsQuery } from "../api/contexts";
import { freshQuestion, type Language } from "../hooks/protocol-draft";
import { ContextChoice } from "./ContextChoice";
import { LocalText } from "./LocalText";
import { NamesTheModel } from "./NamesTheModel";
import { Parts } from "./Parts";
import type { ProtocolView, Texts } from "../api/types";
import type { EditorProps } from "./protocol-editor";

/** Draws the three texts of the door. */
export function DoorEditor({ model, ...props }: EditorProps & { model: ProtocolView["model"] }) {
  const { protocol, languages, rewrite, readOnly } = props;
  const shared = { languages, readOnly, long: true } as const;
  return (
    <section className="sheet" aria-labelledby="door-title" id="disclosure">
      <h2 id="door-title">What people are told first</h2>
      <Stack gap="md">
        <LocalText languages={languages} readOnly={readOnly} place="title" label="The study’s name, as people read it" description="Where it is empty, the study’s own name stands, in whatever language that is." texts={protocol.title} onChange={(title, code) => { rewrite({ ...protocol, title }, code); }} />
        <LocalText {...shared} place="disclosure" label="What this study is" texts={protocol.disclosure} onChange={(disclosure, code) => { rewrite({ ...protocol, disclosure }, code); }} />
        <LocalText {...shared} place="who_may_read" label="Who may read along" description="Name everyone who can, and the provider of a language model if one asks the questions." texts={protocol.who_may_read} onChange={(who, code) => { rewrite({ ...protocol, who_may_read: who }, code); }} />
        <NamesTheModel {...props} model={model} />
        <LocalText {...shared} place="consent" label="What people agree to" description="A changed text becomes a new numbered version when the study opens; earlier consents keep theirs." texts={protocol.consent} onChange={(consent, code) => { rewrite({ ...protocol, consent }, code); }} />
      </Stack>
    </section>
  );
}

/** The contexts as people read them; a name that is missing in a language stands as the researcher typed it. */
function ContextNames({ slug, protocol, languages, rewrite, readOnly }: EditorProps) {
  const { data = [] } = useQuery(contextsQuery(slug));
  if (data.length === 0) return null;
  const put = (id: number, name: Texts, code: Language): void => {
    const others = protocol.context_names.filter((item) => item.id !== id);
    rewrite({ ...protocol, context_names: [...others, { id, name }] }, code);
  };
  return (
    <details>
      <summary>Names of the contexts, as people read them</summary>
      <Stack gap="xs" mt="xs">
        {data.map(({ id, name }) => <LocalText key={id} place={`context_names.${id}`} label={name} languages={languages} readOnly={readOnly} texts={protocol.context_names.find((item) => item.id === id)?.name ?? {}} onChange={(texts, code) => { put(id, texts, code); }} />)}
      </Stack>
    </details>
  );
}

/** Draws the questions and who gets which. */
export function QuestionsEditor(props: EditorProps) {
  const { slug, protocol, languages, change, rewrite, readOnly } = props;
  const { questions } = protocol;
  return (
    <section className="sheet" aria-labelledby="questions-title" id="questions">
      <h2 id="questions-title">Questions</h2>
      <Stack gap="md">
        <Parts name="question" parts={questions} keyOf={({ key }) => key} readOnly={readOnly} onChange={(next) => { change({ ...protocol, questions: next }); }} onAdd={() => { change({ ...protocol, questions: [...questions, freshQuestion(questions)] }); }}>
          {(question, set, at) => {
            const put = (part: typeof question, code: Language): void => { rewrite({ ...protocol, questions: questions.map((old, place) => (place === at ? part : old)) }, code); };
            return (
              <>
                <LocalText place={`questions.${question.key}.title`} label="In a few words" languages={languages} readOnly={readOnly} texts={question.title} onChange={(title, code) => { put({ ...question, title }, code); }} />
                <LocalText place={`questions.${question.key}.text`} label="As it is asked" languages={languages} readOnly={readOnly} long texts={question.text} onChange={(text, code) => { put({ ...question, text }, code); }} />
                <ContextChoice slug={slug} readOnly={readOnly} chosen={question.contexts} onChange={(contexts) => { set({ ...question, contexts }); }} />
              </>
            );
          }}
        </Parts>
        <ContextNames {...props} />
        {questions.length > 1 && (
          <Radio.Group label="Who gets which" value={protocol.question_choice} onChange={(choice) => { change({ ...protocol, question_choice: choice === "chosen" ? "chosen" : "assigned" }); }}>
            <Stack gap="xs" mt="xs">
              <Radio value="assigned" label="Assigned in balance" description="Each person gets the question that the fewest people have." disabled={readOnly} />
              <Radio value="chosen" label="Chosen by the person" disabled={readOnly} />
            </Stack>
          </Radio.Group>
        )}
      </Stack>
    </section>
  );
}
