/** An interview as it happened: typing, waiting, and the card as it was worded then. */
import { Button, Group, SegmentedControl } from "@mantine/core";
import { useMemo, type KeyboardEvent } from "react";
import type { Transcript } from "../api/types";
import { type Player, SPEEDS, usePlayer } from "../hooks/player";
import { clock, thenAt, type Timeline, timelineOf } from "../hooks/replay";
import { CardBeside } from "./CardBeside";
import { speakerOf } from "./Reading";

function Controls({ player, timeline, at }: { player: Player; timeline: Timeline; at: number }) {
  const { place, playing, speed, still, toggle, seek, step, setSpeed } = player;
  const stands = `${clock(place)} of ${clock(timeline.duration)}`;
  return (
    <div className="replay-controls sheet" role="group" aria-label="Replay">
      <Group gap="xs">
        {!still && <Button onClick={toggle} aria-keyshortcuts="Space">{playing ? "Pause" : "Play"}</Button>}
        <Button variant="default" onClick={() => { step(-1); }} aria-keyshortcuts="ArrowLeft">Back a turn</Button>
        <Button variant="default" onClick={() => { step(1); }} aria-keyshortcuts="ArrowRight">On a turn</Button>
        {!still && <SegmentedControl aria-label="Speed" data={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))} value={String(speed)} onChange={(value) => { setSpeed(SPEEDS.find((known) => String(known) === value) ?? 1); }} />}
      </Group>
      <input type="range" className="scrub" aria-label="Place in the interview" aria-valuetext={stands} min={0} max={Math.ceil(timeline.duration / 1000) * 1000} step={1000} value={place} onChange={(event) => { seek(Number(event.currentTarget.value)); }} />
      <p className="note">
        {stands}, {new Date(at).toLocaleString()}. {timeline.leftOut > 1000 && `${clock(timeline.leftOut)} of silence is cut short. `}
        {still ? "Your system asks for little motion, so it goes turn by turn." : "Space plays and pauses, the arrow keys go turn by turn."} Typing shows how much stood there when, not which letters.
      </p>
    </div>
  );
}

/** Draws the interview at one moment. */
export function Replay({ data }: { data: Transcript }) {
  const timeline = useMemo(() => timelineOf(data), [data]);
  const player = usePlayer(timeline);
  const then = thenAt(timeline, player.place);
  const keys = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight") player.step(1);
    else if (event.key === "ArrowLeft") player.step(-1);
    else if (event.key === " " && !(event.target instanceof HTMLButtonElement) && !player.still) player.toggle();
    else return;
    event.preventDefault();
  };
  return (
    <div className="transcript-desk" onKeyDown={keys} tabIndex={-1}>
      <div className="replay">
        <Controls player={player} timeline={timeline} at={then.at} />
        <ol className="transcript">
          {then.turns.map(({ position, text, doing }) => {
            const turn = data.turns.find((item) => item.position === position);
            return turn && (
              <li key={position} className={`transcript-turn is-${turn.speaker} is-${doing}`}>
                <p className="transcript-speaker">{speakerOf(turn)}{doing === "typing" && turn.speaker === "person" && <span className="turn-made"> types</span>}</p>
                <p className="turn-words" dir="auto">{doing === "waiting" ? "…" : text}</p>
              </li>
            );
          })}
        </ol>
      </div>
      <aside className="transcript-aside" aria-label="The card at this moment">
        {then.wording ? <CardBeside data={data} wording={then.wording} /> : <p className="note">There is no card yet at this moment.</p>}
      </aside>
    </div>
  );
}
