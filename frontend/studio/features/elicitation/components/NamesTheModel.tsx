/** Reminds the writer that people must be told which language model reads them, and offers the sentence. */
import { Button } from "@mantine/core";
import type { ProtocolView } from "../api/types";
import { LANGUAGES, withText } from "../hooks/protocol-draft";
import { namesModel, providerSentence } from "../hooks/provider";
import type { EditorProps } from "./protocol-editor";

/** Draws nothing where no model asks, or where the text names it. */
export function NamesTheModel({ protocol, languages, rewrite, readOnly, model }: EditorProps & { model: ProtocolView["model"] }) {
  if (model === null || protocol.interviewer === "guided") return null;
  const silent = LANGUAGES.filter(({ code }) => languages.includes(code) && !namesModel(protocol.who_may_read[code] ?? "", model));
  return silent.map(({ code, name }) => (
    <div key={code} className="advice" role="note">
      <p>In {name}, this does not say yet that the language model <strong>{model.name}</strong> at {model.host} reads what people write.</p>
      {!readOnly && <Button variant="default" size="compact-md" onClick={() => {
        const text = [protocol.who_may_read[code], providerSentence(model, code)].filter(Boolean).join(" ");
        rewrite({ ...protocol, who_may_read: withText(protocol.who_may_read, code, text) }, code);
      }}>Add the sentence</Button>}
    </div>
  ));
}
