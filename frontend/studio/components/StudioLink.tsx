/** A link by address, search and all: for places that only hold a text such as `/studies/tea/graph?context=3`. */
import { useRouter } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, MouseEvent } from "react";

interface StudioLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** Address inside the studio, beginning with a slash, without its base. */
  to: string;
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** Goes there without a reload; a new tab where the person asks for one. */
export function StudioLink({ to, onClick, children, ...rest }: StudioLinkProps) {
  const { history, basepath } = useRouter();
  const href = `${basepath === "/" ? "" : basepath}${to}`;
  const go = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (!isPlain(event)) return;
    event.preventDefault();
    history.push(href);
  };
  return <a {...rest} href={href} onClick={go}>{children}</a>;
}
