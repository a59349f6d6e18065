/** One comparison on the desk: heading, panes, rows, and the way on. */
import { Button } from "@mantine/core";
import { useEffect, useReducer, useRef, useState } from "react";
import type { Item, OnDesk } from "../hooks/annotation";
import { choicesOf, isComplete, judge, type Judgement, OVERALL, sideGoneAgainst, type Step, stepForKey, WHY, wantsReason } from "../hooks/judgement";
import { useKeys, useSingleKeys } from "@/studio/lib/keys";
import { JudgementRow } from "./JudgementRow";
import { ReasonPrompt } from "./ReasonPrompt";
import { ResponsePanes } from "./ResponsePanes";

interface JudgementFormProps {
  desk: OnDesk;
  onSubmit: (judgement: Judgement, seconds: number) => void;
  /** Hears every step, so that nothing of a draft is lost. */
  onChange?: (item: Item, judgement: Judgement) => void;
  onUndo?: () => void;
  onSetAside?: () => void;
  onHelp?: () => void;
  onGuideline?: () => void;
  /** A judgement that was given before is being changed. */
  changing?: boolean;
}

function useSeconds(): () => number {
  const begun = useRef(0);
  useEffect(() => { begun.current = performance.now(); }, []);
  return () => Math.round((performance.now() - begun.current) / 100) / 10;
}

function useJudging({ desk, onSubmit, onChange, onUndo, onSetAside, onHelp, onGuideline }: JudgementFormProps) {
  const [judgement, step] = useReducer(judge, desk.start);
  const [moved, setMoved] = useState(false);
  const [explaining, setExplaining] = useState(false);
  const [shown, setShown] = useState(!desk.item.blurred);
  const [singleKeys] = useSingleKeys();
  const seconds = useSeconds();
  const take = (next: Step): void => {
    setMoved(true);
    step(next);
    onChange?.(desk.item, judge(judgement, next));
  };
  const send = (): boolean => {
    if (!isComplete(judgement)) return false;
    setExplaining(wantsReason(judgement));
    if (wantsReason(judgement)) step({ type: "ask" });
    else onSubmit(judgement, seconds());
    return true;
  };
  const acts: Readonly<Record<string, (() => void) | undefined>> = { "?": onHelp, g: onGuideline, u: onUndo, x: onSetAside, v: shown ? undefined : () => { setShown(true); } };
  useKeys(singleKeys, (key) => {
    const act = acts[key.toLowerCase()];
    if (act) {
      act();
      return true;
    }
    if (!shown) return false;
    if (key === "Enter") return send();
    const next = stepForKey(judgement, key);
    if (next) take(next);
    return next !== undefined;
  });
  const back = (): void => {
    setExplaining(false);
    take({ type: "go", row: judgement.rows.indexOf(OVERALL) });
  };
  return { judgement, takesFocus: moved && !explaining, take, send, back, shown, show: () => { setShown(true); } };
}

/** A principle taken from the graph repeats its title at the start of its statement. */
function withoutTitle(principle: { title: string; statement: string } | undefined): string | undefined {
  const lead = `${principle?.title}: `;
  return principle?.statement.startsWith(lead) ? principle.statement.slice(lead.length) : principle?.statement;
}

const ASKED: Readonly<Record<string, string>> = { [OVERALL]: "Overall: which response is better?", [WHY]: "Why can you not tell?" };

const HEARD: Readonly<Record<string, string>> = { [OVERALL]: "Overall", [WHY]: "Cannot tell" };

/** What was said last, for those who do not see the button that it presses. */
function heardText({ rows, answers, terms, last }: Judgement, titleOf: (row: string) => string): string {
  const row = rows[last ?? -1];
  const choice = row !== undefined && choicesOf(row, terms).find(({ answer }) => answer === answers[row]);
  return choice ? `${HEARD[row] ?? titleOf(row)}: ${choice.label}.` : "";
}

function waitText(judgement: Judgement): string {
  return judgement.rows.includes(WHY) ? "Say why you cannot tell to go on." : "Answer the overall row to go on.";
}

/** Draws it; a new comparison starts with the focus on its heading. */
export function JudgementForm(props: JudgementFormProps) {
  const { item } = props.desk;
  const { judgement, takesFocus, take, send, back, shown, show } = useJudging(props);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  const against = sideGoneAgainst(judgement);
  const principleOf = (row: string) => item.principles.find(({ id }) => String(id) === row);
  const titleOf = (row: string): string => ASKED[row] ?? principleOf(row)?.title ?? "";
  return (
    <article className="desk" data-comparison={item.comparison} data-order={item.order}>
      <h2 ref={heading} tabIndex={-1} className="desk-heading">
        <span className="desk-number">{props.changing ? "Your judgement of" : `Comparison ${item.done + 1}`}</span>
        <span className={shown ? "words" : "words is-blurred"} aria-hidden={!shown}>{item.prompt}</span>
      </h2>
      <ResponsePanes left={item.left} right={item.right} hidden={!shown} onShow={show} />
      <div className="judgement-rows">
        {judgement.rows.map((row, index) => (
          <JudgementRow
            key={row}
            row={row}
            terms={judgement.terms}
            title={titleOf(row)}
            statement={withoutTitle(principleOf(row))}
            answer={judgement.answers[row]}
            active={index === judgement.active}
            takesFocus={takesFocus}
            onAnswer={(answer) => { take({ type: "answer", row: index, answer }); }}
            onGo={() => { take({ type: "go", row: index }); }}
          />
        ))}
      </div>
      <p role="status" aria-label="Answered" className="visually-hidden">{heardText(judgement, titleOf)}</p>
      {judgement.asked && (against !== undefined || judgement.terms.reasons === "always" || judgement.reason !== "") && (
        <ReasonPrompt
          side={against}
          reason={judgement.reason}
          onChange={(text) => { take({ type: "reason", text }); }}
          onSend={send}
          onBack={back}
        />
      )}
      <footer className="desk-foot">
        <Button onClick={send} disabled={!isComplete(judgement) || !shown} rightSection={<kbd aria-hidden="true">Enter</kbd>}>{props.changing ? "Save the change" : "Save and next"}</Button>
        {!isComplete(judgement) && <span className="desk-wait">{waitText(judgement)}</span>}
        {props.onUndo && <Button variant="default" onClick={props.onUndo} leftSection={<kbd aria-hidden="true">U</kbd>}>Undo last</Button>}
        {props.onSetAside && <Button variant="default" onClick={props.onSetAside} leftSection={<kbd aria-hidden="true">X</kbd>}>Too distressing</Button>}
        {props.onHelp && <Button variant="subtle" onClick={props.onHelp} leftSection={<kbd aria-hidden="true">?</kbd>}>Keys</Button>}
      </footer>
    </article>
  );
}
