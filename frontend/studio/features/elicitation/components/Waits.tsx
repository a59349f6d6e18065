/** How long a person's replies took, as a small line and in words. */
import { decimal } from "@/lib/numbers";

const WIDTH = 64;
const HEIGHT = 18;

/** Draws nothing but a dash where nobody waited yet. */
export function Waits({ seconds }: { seconds: readonly number[] }) {
  const last = seconds.at(-1);
  if (last === undefined) return <>–</>;
  const most = Math.max(...seconds, 1);
  const step = seconds.length > 1 ? WIDTH / (seconds.length - 1) : 0;
  const points = seconds.map((value, place) => `${place * step},${HEIGHT - 2 - (value / most) * (HEIGHT - 4)}`).join(" ");
  return (
    <span className="waits">
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true"><polyline points={points} /></svg>
      <span>{decimal(last, 1)} s<span className="visually-hidden">, at most {decimal(most, 1)} s</span></span>
    </span>
  );
}
