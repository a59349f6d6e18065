/** An interview word for word, with notes; words are selected, or a sentence is picked, to note something on them. */
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { count, decimal } from "@/lib/numbers";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Transcript, TranscriptTurn } from "../api/types";
import { type Highlights, marksOn } from "../hooks/marks";
import { characters, selectedIn, sentencesOf, type Stretch } from "../hooks/passages";
import { clock } from "../hooks/replay";
import { NoteForm } from "./NoteForm";
import { Notes } from "./Notes";
import { TurnText } from "./TurnText";

/** Who speaks, as the reader is told. */
export function speakerOf(turn: Pick<TranscriptTurn, "speaker">): string {
  return turn.speaker === "person" ? "Participant" : "Interviewer (a machine)";
}

/** How a turn came to be, from what is known of it. */
function madeOf({ speaker, trace, engine, at }: TranscriptTurn): string {
  const typed = trace.at(-1)?.[0];
  const first = engine.first_token_seconds;
  const { model, left_out: leftOut } = engine;
  return [
    new Date(at).toLocaleTimeString(),
    speaker === "person" && typed !== undefined ? `typed for ${clock(typed)}` : "",
    typeof first === "number" ? `first word after ${decimal(first, 1)} s` : "",
    typeof model === "string" ? model : "",
    typeof leftOut === "number" ? `too long for the model: it was not shown ${count(leftOut)} exchanges of the middle` : "",
  ].filter(Boolean).join(" · ");
}

interface TurnProps {
  data: Transcript;
  turn: TranscriptTurn;
  highlights: Highlights;
  chosen?: Stretch;
  onChoose: (stretch: Stretch | undefined) => void;
}

function Turn({ data, turn, highlights, chosen, onChoose }: TurnProps) {
  const { slug, role } = useStudy();
  const words = useRef<HTMLParagraphElement>(null);
  const writes = may(role, "write");
  const isPerson = turn.speaker === "person";
  const { position, text } = turn;
  const pick = (): void => { onChoose(sentencesOf(text, data.language)[0] ?? { start: 0, end: characters(text).length }); };
  const select = (): void => {
    const stretch = writes && words.current ? selectedIn(words.current, document.getSelection()) : undefined;
    if (stretch) onChoose(stretch);
  };
  return (
    <li id={`turn-${position}`} className={isPerson ? "transcript-turn is-person" : "transcript-turn"} onMouseUp={select}>
      <p className="transcript-speaker">{speakerOf(turn)} <span className="turn-made">{madeOf(turn)}</span></p>
      {turn.state === "complete" ? <TurnText ref={words} text={text} marks={marksOn(position, text, highlights)} /> : <p className="note">A reply is on its way.</p>}
      <Notes slug={slug} participant={data.participant} text={text} passages={data.passages.filter((passage) => passage.position === position)} writes={writes} />
      {chosen
        ? <NoteForm slug={slug} participant={data.participant} position={position} text={text} language={data.language} chosen={chosen} onChoose={onChoose} onDone={() => { onChoose(undefined); }} />
        : writes && text !== "" && <Button className="note-button" size="compact-sm" variant="subtle" aria-label={`Note something on turn ${position + 1}`} onClick={pick}>Note</Button>}
    </li>
  );
}

/** Draws the turns in order; the address may name one to begin at. */
export function Reading({ data, highlights, turn }: { data: Transcript; highlights: Highlights; turn?: number }) {
  const [chosen, setChosen] = useState<{ position: number } & Stretch>();
  useEffect(() => {
    if (turn !== undefined) document.getElementById(`turn-${turn}`)?.scrollIntoView({ block: "center" });
  }, [turn]);
  return (
    <ol className="transcript">
      {data.turns.map((item) => (
        <Turn
          key={item.position} data={data} turn={item} highlights={{ ...highlights, chosen }}
          chosen={chosen?.position === item.position ? chosen : undefined}
          onChoose={(stretch) => { setChosen(stretch && { ...stretch, position: item.position }); }}
        />
      ))}
    </ol>
  );
}
