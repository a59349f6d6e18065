/** The studio's few pictograms, drawn in one stroke width; always beside a word or inside a labelled control. */
import type { ReactNode } from "react";

const SHAPES = {
  study: <path d="M4 5.5C6 4 9 4 12 6c3-2 6-2 8-.5V19c-2-1.5-5-1.5-8 .5-3-2-6-2-8-.5zM12 6v13.5" />,
  graph: <><circle cx="6" cy="7" r="2.5" /><circle cx="18" cy="9" r="2.5" /><circle cx="10" cy="18" r="2.5" /><path d="M8.4 7.5l7 1.1M7 9.3l2.3 6.3M16.4 11l-4.7 5.2" /></>,
  scales: <path d="M12 4v16M8 20h8M5 7l7-1.5L19 7M5 7l-2.5 6.5a2.7 2.7 0 0 0 5 0zM19 7l-2.5 6.5a2.7 2.7 0 0 0 5 0z" />,
  model: <path d="M4 18V9M9.3 18V5M14.7 18v-6M20 18V7M3 21h18" />,
  search: <><circle cx="10.5" cy="10.5" r="6" /><path d="M15 15l5.5 5.5" /></>,
  menu: <path d="M4 7h16M4 12h16M4 17h16" />,
  close: <path d="M6 6l12 12M18 6L6 18" />,
  sun: <><circle cx="12" cy="12" r="4" /><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4" /></>,
  moon: <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />,
  system: <><rect x="3.5" y="5" width="17" height="11" rx="1.5" /><path d="M9 20h6M12 16v4" /></>,
  table: <path d="M4 5.5h16v13H4zM4 10h16M4 14.3h16M10 10v8.5" />,
  chevron: <path d="M9 5l7 7-7 7" />,
  exit: <path d="M14 4H6v16h8M10 12h11M17.5 8.5L21 12l-3.5 3.5" />,
} satisfies Record<string, ReactNode>;

/** The names of the pictograms. */
export type IconName = keyof typeof SHAPES;

/** A pictogram in the colour and size of the words around it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {SHAPES[name]}
    </svg>
  );
}
