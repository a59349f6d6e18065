/** Long lists begin short: the first rows, and all of them once asked for. */
import { useState } from "react";

/** How many rows a list begins with. */
export const FIRST_ROWS = 200;

/** The rows to draw, and how to get the rest; undefined where there is no rest. */
export function useFirst<Row>(rows: readonly Row[], most = FIRST_ROWS): [readonly Row[], (() => void) | undefined] {
  const [all, setAll] = useState(false);
  if (all || rows.length <= most) return [rows, undefined];
  return [rows.slice(0, most), () => { setAll(true); }];
}
