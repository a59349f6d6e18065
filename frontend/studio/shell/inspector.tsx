/** The inspector: opens whatever is selected, on the right (over the screen where it is narrow). */
import { CloseButton, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import { useRouterState } from "@tanstack/react-router";
import { createPortal } from "react-dom";

/** What lies in the inspector. */
export interface Inspected {
  title: string;
  content: ReactNode;
}

interface Inspector {
  inspected: Inspected | undefined;
  open: (inspected: Inspected) => void;
  close: () => void;
}

const InspectorContext = createContext<Inspector | undefined>(undefined);

/** Open and close the inspector. */
export function useInspector(): Inspector {
  const inspector = useContext(InspectorContext);
  if (!inspector) throw new Error("useInspector needs the studio's shell around it.");
  return inspector;
}

/** Keeps what is inspected; a new screen starts with nothing. */
export function InspectorProvider({ children }: { children: ReactNode }) {
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const [held, setHeld] = useState<{ at: string; inspected: Inspected }>();
  const opener = useRef<HTMLElement>(undefined);
  const value = useMemo<Inspector>(() => ({
    inspected: held?.at === pathname ? held.inspected : undefined,
    open: (inspected) => {
      const active = document.activeElement;
      if (active instanceof HTMLElement && !active.closest(".inspector")) opener.current = active;
      setHeld({ at: pathname, inspected });
    },
    close: () => {
      setHeld(undefined);
      // Who came by keyboard goes on where they were.
      if (opener.current?.isConnected) opener.current.focus();
    },
  }), [held, pathname]);
  return <InspectorContext value={value}>{children}</InspectorContext>;
}

/** Takes in what the inspector holds. */
function Body({ held }: { held: HTMLElement }) {
  return <div ref={(frame) => { frame?.append(held); }} />;
}

/** Draws it. What is inspected lives in an element of its own, so that it keeps what was typed when the window's width changes its frame. */
export function InspectorPane() {
  const { inspected, close } = useInspector();
  const narrow = useMediaQuery("(max-width: 75rem)");
  const pane = useRef<HTMLElement>(null);
  const [held] = useState(() => Object.assign(document.createElement("div"), { className: "inspector-body" }));
  const title = inspected?.title;

  useEffect(() => {
    if (title !== undefined) pane.current?.focus();
  }, [title]);

  useEffect(() => {
    const leave = (event: KeyboardEvent): void => { if (event.key === "Escape") close(); };
    held.addEventListener("keydown", leave);
    return () => { held.removeEventListener("keydown", leave); };
  }, [held, close]);

  return (
    <>
      {inspected && createPortal(inspected.content, held)}
      {narrow && (
        <Drawer classNames={{ title: "inspector-title" }} opened={inspected !== undefined} onClose={close} position="right" title={title} size="28rem" closeButtonProps={{ "aria-label": "Close the inspector" }}>
          <Body held={held} />
        </Drawer>
      )}
      {!narrow && inspected && (
        <aside ref={pane} className="inspector" aria-label={title} tabIndex={-1} onKeyDown={(event) => { if (event.key === "Escape") close(); }}>
          <header className="inspector-head">
            <h2>{title}</h2>
            <CloseButton aria-label="Close the inspector" onClick={close} />
          </header>
          <Body held={held} />
        </aside>
      )}
    </>
  );
}
