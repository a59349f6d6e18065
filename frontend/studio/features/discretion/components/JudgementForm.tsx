/** One comparison on the desk: heading, panes, rows, and the way on. */
import { Button } from "@mantine/core";
import { useEffect, useReducer, useRef, useState } from "react";
import type { OnDesk } from "../hooks/annotation";
import { isComplete, judge, type Judgement, OVERALL, sideGoneAgainst, type Step, stepForKey, wantsReason } from "../hooks/judgement";
import { useKeys, useSingleKeys } from "@/studio/lib/keys";
import { JudgementRow } from "./JudgementRow";
import { ReasonPrompt } from "./ReasonPrompt";
import { ResponsePanes } from "./ResponsePanes";

interface JudgementFormProps {
  desk: OnDesk;
  onSubmit: (judgement: Judgement) => void;
  onUndo: () => void;
  onHelp: () => void;
}

function useJudging({ desk, onSubmit, onUndo, onHelp }: JudgementFormProps) {
  const [judgement, step] = useReducer(judge, desk.start);
  const [moved, setMoved] = useState(false);
  const [explaining, setExplaining] = useState(false);
  const [singleKeys] = useSingleKeys();
  const take = (next: Step): void => {
    setMoved(true);
    step(next);
  };
  const send = (): boolean => {
    if (!isComplete(judgement)) return false;
    setExplaining(wantsReason(judgement));
    if (wantsReason(judgement)) step({ type: "ask" });
    else onSubmit(judgement);
    return true;
  };
  useKeys(singleKeys, (key) => {
    if (key === "Enter") return send();
    if (key === "?" || key === "u" || key === "U") {
      (key === "?" ? onHelp : onUndo)();
      return true;
    }
    const next = stepForKey(judgement, key);
    if (next) take(next);
    return next !== undefined;
  });
  const back = (): void => {
    setExplaining(false);
    take({ type: "go", row: judgement.rows.length - 1 });
  };
  return { judgement, takesFocus: moved && !explaining, take, send, back };
}

/** A principle taken from the graph repeats its title at the start of its statement. */
function withoutTitle(principle: { title: string; statement: string } | undefined): string | undefined {
  const lead = `${principle?.title}: `;
  return principle?.statement.startsWith(lead) ? principle.statement.slice(lead.length) : principle?.statement;
}

/** Draws it; a new comparison starts with the focus on its heading. */
export function JudgementForm(props: JudgementFormProps) {
  const { item } = props.desk;
  const { judgement, takesFocus, take, send, back } = useJudging(props);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { heading.current?.focus(); }, []);
  const against = sideGoneAgainst(judgement);
  const titleOf = (row: string) => item.principles.find(({ id }) => String(id) === row);
  return (
    <article className="desk" data-comparison={item.comparison}>
      <h2 ref={heading} tabIndex={-1} className="desk-heading">
        <span className="desk-number">Comparison {item.done + 1}</span>
        <span className="words">{item.prompt}</span>
      </h2>
      <ResponsePanes left={item.left} right={item.right} />
      <div className="judgement-rows">
        {judgement.rows.map((row, index) => (
          <JudgementRow
            key={row}
            row={row}
            title={row === OVERALL ? "Overall: which response is better?" : titleOf(row)?.title ?? ""}
            statement={withoutTitle(titleOf(row))}
            answer={judgement.answers[row]}
            active={index === judgement.active}
            takesFocus={takesFocus}
            onAnswer={(answer) => { take({ type: "answer", row: index, answer }); }}
            onGo={() => { take({ type: "go", row: index }); }}
          />
        ))}
      </div>
      {against !== undefined && judgement.asked && (
        <ReasonPrompt
          side={against}
          reason={judgement.reason}
          onChange={(text) => { take({ type: "reason", text }); }}
          onSend={send}
          onBack={back}
        />
      )}
      <footer className="desk-foot">
        <Button onClick={send} disabled={!isComplete(judgement)} rightSection={<kbd aria-hidden="true">Enter</kbd>}>Save and next</Button>
        {!isComplete(judgement) && <span className="desk-wait">Answer the overall row to go on.</span>}
        <Button variant="default" onClick={props.onUndo} leftSection={<kbd aria-hidden="true">U</kbd>}>Undo last</Button>
        <Button variant="subtle" onClick={props.onHelp} leftSection={<kbd aria-hidden="true">?</kbd>}>Keys</Button>
      </footer>
    </article>
  );
}
