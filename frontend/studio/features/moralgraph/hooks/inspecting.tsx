/** What is open in the inspector: a value, a step or votes; the address holds it, so that a link opens the same. */
import { useEffect, useEffectEvent } from "react";
import { choiceFrom, type Search, textFrom, useAddress } from "@/studio/lib/address";
import { type Inspected, useInspector } from "@/studio/shell/inspector";
import { graphSearch, type GraphChoice } from "../api/graph";
import type { Source } from "../api/rows";
import { StepInspector } from "../components/StepInspector";
import { ValueInspector } from "../components/ValueInspector";
import { VotesInspector } from "../components/VotesInspector";
import { ANSWERS } from "./asking";

/** Something that can be opened. */
export type Target =
  | { kind: "value"; id: number }
  | { kind: "step"; one: number; other: number; answer?: string }
  | { kind: "votes"; value?: number; answer?: string };

/** Opens something in the inspector. */
export type Open = (target: Target) => void;

/** What the address says is open. */
export function targetOf(search: Search): Target | undefined {
  const answer = choiceFrom(search, "rows", ANSWERS) || undefined;
  const [one, other] = (textFrom(search, "step") ?? "").split("-").map(Number);
  if (one !== undefined && other !== undefined && one > 0 && other > 0) return { kind: "step", one, other, answer };
  const value = Number(textFrom(search, "value"));
  if (Number.isInteger(value) && value > 0) return { kind: "value", id: value };
  const votes = textFrom(search, "votes");
  const of = Number(votes);
  return votes === undefined ? undefined : { kind: "votes", value: Number.isInteger(of) && of > 0 ? of : undefined, answer };
}

/** What the address should say. */
export function addressOf(target: Target): Record<string, string | number | undefined> {
  const none = { value: undefined, step: undefined, votes: undefined, rows: undefined };
  if (target.kind === "value") return { ...none, value: target.id };
  if (target.kind === "step") return { ...none, step: `${target.one}-${target.other}`, rows: target.answer };
  return { ...none, votes: target.value ?? "all", rows: target.answer };
}

/** What the inspector holds of a graph; `suffix` says of which, where several stand on a page. */
function inspected(shown: Target, { choice, open, suffix = "" }: { choice: Source; open: Open; suffix?: string }): Inspected {
  if (shown.kind === "value") return { title: `Value${suffix}`, content: <ValueInspector choice={choice} id={shown.id} onOpen={open} /> };
  if (shown.kind === "step") return { title: `Step${suffix}`, content: <StepInspector choice={choice} one={shown.one} other={shown.other} answer={shown.answer} onOpen={open} /> };
  return { title: `Votes${suffix}`, content: <VotesInspector choice={choice} value={shown.value} answer={shown.answer} onOpen={open} /> };
}

/** Opens rows of any graph in the inspector and leaves the address: for pages that show several. */
export function useOpening(): (choice: Source, of: string) => Open {
  const { open: inspect } = useInspector();
  return (choice, of) => {
    const open: Open = (shown) => { inspect(inspected(shown, { choice, open, suffix: `: ${of}` })); };
    return open;
  };
}

/** What is open, and how to open something else. */
export function useInspecting(choice: GraphChoice): [Target | undefined, Open] {
  const [search, change] = useAddress();
  const { open: inspect } = useInspector();
  const target = targetOf(search);
  const asked = graphSearch(choice).toString();

  const show: Open = (shown) => { inspect(inspected(shown, { choice, open })); };
  function open(shown: Target): void {
    change(addressOf(shown));
    show(shown);
  }
  const showOpen = useEffectEvent(() => { if (target !== undefined) show(target); });
  // A shared link, or another graph: what is open must be what the address says.
  useEffect(() => { showOpen(); }, [asked]);

  return [target, open];
}
