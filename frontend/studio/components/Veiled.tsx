/** Texts that may be hard to read: blurred and unread aloud until somebody asks to see them. */
import "@/styles/blurred.css";
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface VeiledProps {
  /** Where it is false, the texts are simply shown. */
  veiled: boolean;
  children: ReactNode;
}

/** Draws the texts, behind a button where they are veiled. */
export function Veiled({ veiled, children }: VeiledProps) {
  const [shown, setShown] = useState(false);
  if (!veiled || shown) return <>{children}</>;
  return (
    <>
      <div className="blur-note" role="note">
        <p>These texts may be hard to read, so they are blurred. Look when you are ready.</p>
        <Button variant="default" onClick={() => { setShown(true); }}>Show the texts</Button>
      </div>
      <div className="is-blurred" aria-hidden="true" inert>{children}</div>
    </>
  );
}
