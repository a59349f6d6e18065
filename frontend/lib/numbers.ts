/** Numbers as the product shows them: `0.29 [0.26, 0.32], n = 1,172`, in the reader's own locale. */

/** An estimate with its interval and the number of rows behind it. */
export interface Estimate {
  value: number | null | undefined;
  low?: number | null;
  high?: number | null;
  n?: number | null;
}

/** A number with a fixed count of decimals; a dash where there is none. */
export function decimal(value: number | null | undefined, digits = 2, locale?: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A whole number with the locale's grouping. */
export function count(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** `[0.26, 0.32]`, or an empty text where an end is missing; a semicolon parts the ends where the comma is the decimal point. */
export function interval({ low, high }: Estimate, digits = 2, locale?: string): string {
  if (low === null || low === undefined || high === null || high === undefined) return "";
  const ends = [decimal(low, digits, locale), decimal(high, digits, locale)];
  return `[${ends.join(ends.some((end) => end.includes(",")) ? "; " : ", ")}]`;
}

/** The whole in one line of text. */
export function estimateText(estimate: Estimate, digits = 2, locale?: string): string {
  const range = interval(estimate, digits, locale);
  const told = [decimal(estimate.value, digits, locale), range].filter(Boolean).join(" ");
  return estimate.n === null || estimate.n === undefined ? told : `${told}, n = ${count(estimate.n, locale)}`;
}

/** How much room something takes, as people say it: `512 bytes`, `3.2 MB`, `16 GB`. */
export function room(bytes: number, locale?: string): string {
  if (bytes < 1e3) return `${count(bytes, locale)} bytes`;
  const [unit, name] = bytes >= 1e9 ? [1e9, "GB"] : bytes >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${decimal(bytes / unit, bytes / unit < 10 ? 1 : 0, locale)} ${name}`;
}
