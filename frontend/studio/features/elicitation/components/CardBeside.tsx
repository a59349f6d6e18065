/** The card beside the interview that it came from; a line leads to the words it rests on. */
import { NativeSelect } from "@mantine/core";
import type { Transcript } from "../api/types";

export type Wording = Transcript["wordings"][number];

function by({ by: who, number }: Wording): string {
  return `Version ${number}, worded by ${who === "person" ? "the person" : "the interviewer"}`;
}

/** Whether the person took the card over, in words. */
function decided(data: Transcript, wording: Wording): string {
  if (wording.put_away) return "The person said that this card is not theirs.";
  return data.accepted && wording === data.wordings.at(-1) ? "Accepted by the person." : "Not accepted as it stands here.";
}

function goTo(turn: number | null): void {
  document.getElementById(`turn-${turn}`)?.scrollIntoView({ block: "center" });
}

interface CardBesideProps {
  data: Transcript;
  wording: Wording;
  /** Left out where a replay decides which wording is shown. */
  onWording?: (wording: Wording) => void;
}

/** Draws the lines with their quotes, which are links to their turns. */
export function CardBeside({ data, wording, onWording }: CardBesideProps) {
  return (
    <section className="card-beside" aria-labelledby="card-beside-title">
      <article className="values-card">
        <h2 className="values-card-title" id="card-beside-title">{wording.title || "A card without a title"}</h2>
        {wording.summary !== "" && <p className="values-card-sentence">{wording.summary}</p>}
        <ol className="values-card-policies">
          {wording.policies.map(({ attended, qualifier, quotes }, line) => (
            <li key={line} className="policy-beside">
              <span className="policy-lead">{attended}</span> {qualifier}
              {quotes.map(({ quote, turn }) => (
                <button key={`${turn ?? ""}-${quote}`} type="button" className="quote-link" onClick={() => { goTo(turn); }}>
                  <q dir="auto">{quote}</q>
                </button>
              ))}
              {quotes.length === 0 && <span className="note">No words of the interview stand behind this line.</span>}
            </li>
          ))}
        </ol>
        <p className="values-card-meta">{by(wording)}. {decided(data, wording)}</p>
      </article>
      {onWording && data.wordings.length > 1 && (
        <NativeSelect label="Wording" value={wording.id} data={data.wordings.map((item) => ({ value: String(item.id), label: `${by(item)}, ${new Date(item.at).toLocaleTimeString()}` }))} onChange={(event) => {
          const chosen = data.wordings.find(({ id }) => String(id) === event.currentTarget.value);
          if (chosen) onWording(chosen);
        }} />
      )}
    </section>
  );
}
