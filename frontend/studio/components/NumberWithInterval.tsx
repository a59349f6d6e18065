/** A number as the product shows it: `0.29 [0.26, 0.32], n = 1,172`; a link to its rows where these can be opened. */
import { count, decimal, type Estimate, interval } from "@/lib/numbers";
import { StudioLink } from "./StudioLink";

/** The estimate, and how to draw it. */
export interface NumberWithIntervalProps extends Estimate {
  digits?: number;
  /** A locale other than the viewer's (tests). */
  locale?: string;
  /** What the number is, for screen readers, where no label stands beside it. */
  label?: string;
  /** The address of the rows behind it. */
  rows?: string;
}

/** Draws an estimate with its interval and its n. */
export function NumberWithInterval({ digits = 2, locale, label, rows, ...estimate }: NumberWithIntervalProps) {
  const range = interval(estimate, digits, locale);
  const { n } = estimate;
  const number = (
    <span className="number">
      {label !== undefined && <span className="visually-hidden">{label}: </span>}
      <span className="number-value">{decimal(estimate.value, digits, locale)}</span>
      {range !== "" && <span className="number-interval"> {range}</span>}
      {n !== undefined && n !== null && <span className="number-n">, n = {count(n, locale)}</span>}
    </span>
  );
  return rows === undefined ? number : <StudioLink to={rows} className="number-link">{number}</StudioLink>;
}
