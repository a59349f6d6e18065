/** One row of a judgement: what is asked, and its choices with their keys on them. */
import { useEffect, useRef } from "react";
import type { Terms } from "../api/types";
import { type Answer, choicesOf } from "../hooks/judgement";

interface JudgementRowProps {
  row: string;
  terms: Terms;
  title: string;
  statement?: string;
  answer?: Answer;
  active: boolean;
  /** Move the focus here when the row becomes active. */
  takesFocus: boolean;
  onAnswer: (answer: Answer) => void;
  onGo: () => void;
}

/** Draws the row; the active one is marked and, once keys are used, holds the focus. */
export function JudgementRow({ row, terms, title, statement, answer, active, takesFocus, onAnswer, onGo }: JudgementRowProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active && takesFocus) element.current?.focus();
    // After an answer too: Enter then saves, and does not press the same button again.
  }, [active, takesFocus, answer]);
  return (
    <div
      ref={element}
      role="group"
      aria-label={title}
      aria-current={active ? "true" : undefined}
      tabIndex={-1}
      className={active ? "judgement-row is-active" : "judgement-row"}
      onClick={onGo}
    >
      <div className="judgement-asked">
        <h3>{title}</h3>
        {statement !== undefined && statement !== "" && <p className="words">{statement}</p>}
      </div>
      <div className="judgement-choices">
        {choicesOf(row, terms).map((choice) => (
          <button
            key={choice.answer}
            type="button"
            className="answer-choice"
            aria-pressed={answer === choice.answer}
            aria-keyshortcuts={choice.key.toUpperCase()}
            onClick={(event) => {
              event.stopPropagation();
              onAnswer(choice.answer);
            }}
          >
            <kbd aria-hidden="true">{choice.key.toUpperCase()}</kbd> {choice.label}
          </button>
        ))}
      </div>
    </div>
  );
}
