/** The frame of every screen: breadcrumb, title, one line, actions, and then the screen itself. */
import { Fragment, useEffect, useRef, type ReactNode } from "react";
import { Icon } from "./Icon";
import { StudioLink } from "./StudioLink";

/** One step of the way here; the last one is the title and needs no address. */
export interface Crumb {
  label: string;
  to: string;
}

interface PageProps {
  title: string;
  crumbs?: readonly Crumb[];
  lede?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Names the screen in the tab, moves the focus to its title when it opens, and lays it out. */
export function Page({ title, crumbs = [], lede, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => {
    document.title = [title, ...crumbs.map(({ label }) => label).reverse(), "Touchstone"].join(" · ");
  }, [title, crumbs]);
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) heading.current?.focus();
  }, []);

  return (
    <div className="studio-page">
      <nav aria-label="Where you are" className="breadcrumb">
        {crumbs.map(({ label, to }) => (
          <Fragment key={to}><StudioLink to={to}>{label}</StudioLink><Icon name="chevron" size={12} /></Fragment>
        ))}
        <span aria-current="page">{title}</span>
      </nav>
      <header className="studio-page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {lede !== undefined && <p className="studio-page-lede">{lede}</p>}
        </div>
        {actions !== undefined && <div className="studio-page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
