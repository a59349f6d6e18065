/** What is said of an algorithm that judges, and of what one would take. */
import { count, decimal } from "@/lib/numbers";
import type { Forecast, Judging } from "../api/types";

/** What judges. */
export const METHODS: Readonly<Record<Judging["method"], string>> = {
  null: "knows nothing; to compare with",
  reward_model: "a reward model",
  judge: "a language model that is asked",
  implicit_reward: "a language model by its implicit reward",
};

/** Where an algorithm is. */
export const STATES: Readonly<Record<NonNullable<Judging["state"]>, { word: string; badge: string }>> = {
  queued: { word: "Waiting", badge: "badge is-active" },
  running: { word: "Judging", badge: "badge is-active" },
  succeeded: { word: "Done", badge: "badge is-good" },
  failed: { word: "Stopped by an error", badge: "badge is-bad" },
  cancelled: { word: "Paused", badge: "badge is-warning" },
};

/** How it judges, in one line. */
export function how({ method, config }: Judging): string {
  if (method === "implicit_reward") return `${config.model ?? ""} against ${config.reference ?? ""}, beta ${decimal(config.beta, 2)}`;
  if (method !== "judge") return METHODS[method];
  const by = config.principles.length > 0 ? `by ${count(config.principles.length)} principle${config.principles.length > 1 ? "s" : ""}` : "overall";
  const orders = config.orders === "both" ? "both orders" : "one order each";
  return [config.model, by, orders, config.style === "reasoned" ? "with reasons" : "", config.temperature === null ? "" : `temperature ${decimal(config.temperature, 1)}`, config.prompt].filter(Boolean).join(", ");
}

function duration(minutes: number): string {
  if (minutes < 1) return "under a minute";
  return minutes < 90 ? `about ${count(Math.ceil(minutes))} minutes` : `about ${decimal(minutes / 60, 1)} hours`;
}

const BASIS: Readonly<Record<Forecast["basis"], (n: number) => string>> = {
  measured: (n) => `Measured on ${count(n)} earlier answers of this model here.`,
  probed: () => "Time from the model’s check, tokens from the length of the texts: an estimate.",
  assumed: () => "Assumes a second an answer and four characters a token: a rough guess.",
};

/** What a judge would take, a sentence each. */
export function foreseen({ temperature, requests, comparisons, prompt_tokens: read, completion_tokens: written, minutes, cost, basis, n, host }: Forecast): string[] {
  return [
    `${count(requests)} requests about ${count(comparisons)} pairs, ${duration(minutes)}, at temperature ${decimal(temperature, 1)}.`,
    `${count(read)} tokens read, ${count(written)} written${cost === null ? "; no price is known" : `: ${decimal(cost, 2)} at the price that was named`}.`,
    host === "" ? "The pairs stay on this machine." : `The pairs are sent to ${host}.`,
    BASIS[basis](n),
  ];
}

/** Whether it works or is about to. */
export function isWorking(state: Judging["state"]): boolean {
  return state === "queued" || state === "running";
}

/** Whether it stands and has something left to judge, such as pairs that came in since. */
export function hasMore({ state, method, asked, config }: Judging, pairs: number): boolean {
  if (isWorking(state)) return false;
  if (state === "failed" || state === "cancelled") return true;
  if (method === "reward_model" || method === "implicit_reward") return false;
  const each = method === "judge" ? (config.orders === "both" ? 2 : 1) * Math.max(config.principles.length, 1) : 1;
  return asked < Math.min(pairs, config.limit ?? pairs) * each;
}
