/** The parts of a long protocol, always in sight: where one is, and a way to each. */
import { type MouseEvent, useEffect, useState } from "react";
import { SECTIONS, sectionAt } from "../hooks/sections";

const SETTLED_MS = 100;

/** The section that stands below the sticky head, followed while the page scrolls. */
function useSection(): string | undefined {
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      timer = undefined;
      setShown(sectionAt(SECTIONS.map(({ id }) => ({ id, top: document.getElementById(id)?.getBoundingClientRect().top })), window.innerHeight));
    };
    const soon = (): void => { timer ??= setTimeout(look, SETTLED_MS); };
    look();
    window.addEventListener("scroll", soon, { passive: true });
    return () => { window.removeEventListener("scroll", soon); clearTimeout(timer); };
  }, []);
  return shown;
}

function go(event: MouseEvent, id: string): void {
  const section = document.getElementById(id);
  if (!section) return;
  event.preventDefault();
  section.scrollIntoView({ block: "start" });
  const heading = section.querySelector("h2");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/** Draws a link to each part. */
export function SectionList() {
  const shown = useSection();
  return (
    <nav className="section-list" aria-label="Parts of the protocol">
      <ul>{SECTIONS.map(({ id, label }) => <li key={id}><a href={`#${id}`} aria-current={id === shown ? "location" : undefined} onClick={(event) => { go(event, id); }}>{label}</a></li>)}</ul>
    </nav>
  );
}
