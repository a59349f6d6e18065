/** What the training round says of an answer, before the next pair. */
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Answered } from "../hooks/annotation";
import { answerSeen } from "../hooks/words";
import type { Verdict } from "../api/types";

/** Draws it over the pair that was judged; Enter goes on. */
export function TrainingFeedback({ answered, onGoOn }: { answered: Answered; onGoOn: () => void }) {
  const { item, feedback, said } = answered;
  const next = useRef<HTMLButtonElement>(null);
  useEffect(() => { next.current?.focus(); }, []);
  return (
    <section className={feedback.right ? "feedback is-right" : "feedback"} aria-label="What the training round says">
      <h2>{feedback.right ? "This is the answer that was agreed on" : `The agreed answer is ${answerSeen(feedback.expected as Verdict["answer"], item.order)}`}</h2>
      {!feedback.right && <p>You said: {answerSeen(said, item.order)}.</p>}
      <p className="words">{feedback.explanation}</p>
      <dl className="feedback-pair">
        <div><dt>Left</dt><dd className="words">{item.left}</dd></div>
        <div><dt>Right</dt><dd className="words">{item.right}</dd></div>
      </dl>
      <Button ref={next} onClick={onGoOn} rightSection={<kbd aria-hidden="true">Enter</kbd>}>Go on</Button>
    </section>
  );
}
