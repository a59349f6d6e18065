/** The five parts by which two values are the same, answered by the researcher, with a model's opinion beside them. */
import type { MergePair } from "../api/types";
import { answered, type RubricAnswer, type RubricAnswers } from "../hooks/rubric";

interface MergeRubricProps {
  pair: MergePair;
  answers: RubricAnswers;
  onChange?: (answers: RubricAnswers) => void;
}

const SAYS = { same: "says that they are the same", different: "says that they differ", open: "leaves it open", "": "said nothing that can be read" } as const;

function Opinion({ opinion }: { opinion: MergePair["opinion"] }) {
  if (opinion === null) return null;
  return (
    <p className="note merge-opinion">
      <strong>{opinion.model}</strong> {SAYS[opinion.suggestion]}{opinion.fault === "" ? "." : `: ${opinion.fault}`} A model only suggests; you decide. <span className="merge-made">{opinion.prompt}, {new Date(opinion.at).toLocaleString()}</span>
    </p>
  );
}

/** Draws the parts; without `onChange` they can only be read. */
export function MergeRubric({ pair, answers, onChange }: MergeRubricProps) {
  const choice = (part: string, answer: RubricAnswer, name: string) => (
    <button type="button" className="answer-choice" aria-pressed={answers[part] === answer} aria-label={`${name}: ${answer}`} onClick={() => { onChange?.(answered(answers, part, answer)); }}>{answer === "yes" ? "Yes" : "No"}</button>
  );
  return (
    <section aria-labelledby="rubric-title" className="merge-rubric">
      <h3 id="rubric-title">Are they the same value?</h3>
      <Opinion opinion={pair.opinion} />
      <ol>
        {pair.parts.map(({ number, name, question, answer, why }) => (
          <li key={number}>
            <div>
              <p className="merge-part">{onChange && <kbd>{number}</kbd>} {name}</p>
              <p className="note">{question}</p>
              {answer !== "" && <p className="note merge-why">The model: <strong>{answer}</strong>{why !== "" && <>, “<span dir="auto">{why}</span>”</>}</p>}
            </div>
            {onChange && <div className="merge-answers">{choice(String(number), "yes", name)}{choice(String(number), "no", name)}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}
