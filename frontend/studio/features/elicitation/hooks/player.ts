/** Playing a timeline: where it stands, how fast it goes, and the steps for those who want no motion. */
import { useEffect, useState } from "react";
import { stopFrom, type Timeline } from "./replay";

const TICK_MS = 100;
export const SPEEDS = [1, 2, 4, 8, 16] as const;
export type Speed = (typeof SPEEDS)[number];

/** What the controls hold. */
export interface Player {
  place: number;
  playing: boolean;
  speed: Speed;
  /** Without motion there is no playing, only stepping. */
  still: boolean;
  toggle: () => void;
  seek: (place: number) => void;
  step: (by: 1 | -1) => void;
  setSpeed: (speed: Speed) => void;
}

function wantsStillness(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Plays from the beginning once it is told to. */
export function usePlayer(timeline: Timeline): Player {
  const [place, setPlace] = useState(0);
  const [wanted, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(4);
  const [still] = useState(wantsStillness);
  const { duration } = timeline;
  const playing = wanted && place < duration;

  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => { setPlace((now) => Math.min(now + TICK_MS * speed, duration)); }, TICK_MS);
    return () => { clearInterval(timer); };
  }, [playing, speed, duration]);

  return {
    place, playing, speed, still, setSpeed,
    toggle: () => {
      if (!playing && place >= duration) setPlace(0);
      setPlaying(!playing);
    },
    seek: (next) => { setPlace(Math.min(Math.max(next, 0), duration)); },
    step: (by) => { setPlaying(false); setPlace(stopFrom(timeline, place, by)); },
  };
}
