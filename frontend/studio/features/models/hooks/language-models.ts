/** What is said of a language model, in words. */
import { count, decimal, room } from "@/lib/numbers";
import type { LanguageModel, ModelRole } from "../api/types";

/** Where a model is. */
export const SOURCES: Readonly<Record<LanguageModel["source"], string>> = {
  endpoint: "From a server", folder: "From a folder", hub: "From a hub", checkpoint: "Trained here",
};

/** Where a check stands. */
export const CHECKS: Readonly<Record<LanguageModel["state"], { word: string; badge: string }>> = {
  checking: { word: "Being checked", badge: "badge is-active" },
  usable: { word: "Usable", badge: "badge is-good" },
  refused: { word: "Not usable", badge: "badge is-bad" },
};

/** What a language model is asked to do. */
export const WORK: Readonly<Record<ModelRole["role"], { name: string; hint: string }>> = {
  interview: { name: "Interviewing", hint: "Asks people, and writes their cards. Without a model the guided interviewer does." },
  stories: { name: "Writing stories", hint: "For drafts of stories between values that few reach; a researcher reads each before it is told." },
  merging: { name: "Judging merges", hint: "Says whether two cards are one value; researchers decide." },
  judging: { name: "Judging responses", hint: "Judges the pairs of an audit, overall or by principle." },
};

/** Parameters as people say them. */
export function parameters(number: number): string {
  if (number >= 1e9) return `${decimal(number / 1e9, 1)} billion`;
  return number >= 1e6 ? `${decimal(number / 1e6, 1)} million` : count(number);
}

const SHORT_CONTEXT = 8192;

function reads(tokens: number): string {
  return `Reads ${count(tokens)} tokens at once${tokens < SHORT_CONTEXT ? ": in a long interview it is not shown the middle" : ""}.`;
}

function temperatureOf({ temperature, fixed_temperature: isFixed }: ModelRole): string {
  const asked = temperature === null ? "Temperature as the work has it" : `Temperature ${decimal(temperature, 2)}`;
  return isFixed ? `${asked}, whatever is asked: its server heeds no other.` : `${asked}.`;
}

const HEEDS: ReadonlyMap<boolean | null, string> = new Map([
  [false, "Does not heed the temperature: it always says the likeliest, as at temperature 0."],
  [null, "Whether it heeds the temperature could not be told: two answers at 0 were not the same, or it takes none."],
]);

/** How a piece of work is done, a line each. */
export function howOf(row: ModelRole): string[] {
  const { role, max_tokens: most, words, context_tokens: context } = row;
  return [
    temperatureOf(row),
    most === null ? "" : `${count(most)} tokens an answer at most.`,
    words === "" ? "" : `With words of your own: “${words}”`,
    role === "interview" && context > 0 ? reads(context) : "",
  ].filter((text) => text !== "");
}

/** What a check found out, a sentence each. */
export function told({ facts, source, at_once: atOnce }: LanguageModel): string[] {
  if (source === "endpoint") {
    if (facts.offers_schema === null) return [];
    return [
      facts.offers_schema ? "Keeps to a JSON schema." : "Does not keep to a JSON schema: answers are read, repaired and asked for again.",
      facts.offers_logprobs ? "Gives log-probabilities." : "Gives no log-probabilities.",
      HEEDS.get(facts.obeys_temperature) ?? "",
      facts.context_tokens ? reads(facts.context_tokens) : "",
      facts.refuses_long === false ? "It would not refuse more, and would end of it for everybody: no more is sent." : "",
      `${count(atOnce)} at once; a short answer took ${decimal(facts.seconds, 1)} s.`,
    ].filter((text) => text !== "");
  }
  if (!facts.parameters) return [];
  return [
    `${parameters(facts.parameters)} parameters, ${room(facts.weight_bytes ?? 0)} of weights.`,
    `Needs about ${room(facts.memory_cuda ?? 0)} on a graphics card, ${room(facts.memory_cpu ?? 0)} without one.`,
    facts.licence ? `Licence: ${facts.licence}.` : "It states no licence.",
    facts.context_tokens ? `Reads ${count(facts.context_tokens)} tokens.` : "",
    facts.base ? `An adapter (LoRA) on ${facts.base}.` : "",
  ].filter((text) => text !== "");
}
