/** The sentence that tells people which language model reads what they write, and that researchers may read along. */
import type { ProtocolView } from "../api/types";
import type { Language } from "./protocol-draft";

type Model = NonNullable<ProtocolView["model"]>;

const HERE = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);
const SENTENCES: Record<Language, { here: string; there: string; live: string }> = {
  en: {
    here: "What you write goes to the language model {name}, which runs on this study’s own computer.",
    there: "What you write is sent to the language model {name} at {host}, which writes the questions.",
    live: "The researchers may read along while you talk.",
  },
  es: {
    here: "Lo que escribes llega al modelo de lenguaje {name}, que funciona en el ordenador de este estudio.",
    there: "Lo que escribes se envía al modelo de lenguaje {name} en {host}, que redacta las preguntas.",
    live: "Las personas que investigan pueden leer mientras hablas.",
  },
  ar: {
    here: "ما تكتبه يصل إلى النموذج اللغوي {name} الذي يعمل على حاسوب هذه الدراسة.",
    there: "ما تكتبه يُرسَل إلى النموذج اللغوي {name} في {host}، وهو الذي يكتب الأسئلة.",
    live: "قد يقرأ الباحثون ما تكتبه أثناء الحديث.",
  },
};

/** The sentence in a language. */
export function providerSentence({ name, host }: Model, language: Language): string {
  const { here, there, live } = SENTENCES[language];
  return `${(HERE.has(host) ? here : there).replace("{name}", name).replace("{host}", host)} ${live}`;
}

/** Whether a text names the model; people must be told which one it is. */
export function namesModel(text: string, { name }: Model): boolean {
  return name !== "" && text.toLocaleLowerCase().includes(name.toLocaleLowerCase());
}
