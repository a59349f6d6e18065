/** How often somebody sides with one principle against another when the two clash; every cell opens its comparisons. */
import { NativeSelect } from "@mantine/core";
import { StudioLink } from "@/studio/components/StudioLink";
import type { Measures } from "../api/types";

type Cell = Measures["supremacy"][number];

function words({ value, low, high, n, sparse }: Cell, first: string, second: string): string {
  const percent = (share: number | null): string => (share === null ? "not known" : `${Math.round(share * 100)} %`);
  return `${first} against ${second}: ${percent(value)}, 95 % from ${percent(low)} to ${percent(high)}, ${n} clashes${sparse ? ", too few to lean on" : ""}`;
}

interface Props {
  measures: Measures;
  chosen: string;
  onChoose: (annotator: string) => void;
  /** Where the comparisons of a clash are listed. */
  addressOf: (cell: Cell) => string;
}

/** Draws the matrix with rows and columns in the people's order of principles. */
export function SupremacyMatrix({ measures, chosen, onChoose, addressOf }: Props) {
  const people = measures.annotators[0];
  const rank = (id: string): number => people?.priorities.find(({ principle }) => principle === id)?.rank ?? 0;
  const principles = [...measures.principles].sort((first, second) => rank(first.id) - rank(second.id));
  const cells = new Map(measures.supremacy.map((cell) => [`${cell.principle}|${cell.over}`, cell]));
  const everybody = measures.between.annotators.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <section aria-labelledby="supremacy-title" className="matrix-section">
      <h2 id="supremacy-title">Which principle wins when two clash</h2>
      <p>Each cell says how often the row's principle is sided with against the column's, and how often the two clash. Italic cells with a dotted edge rest on fewer than ten clashes.</p>
      <NativeSelect label="Decisions of" maw="20rem" data={everybody} value={chosen} onChange={(event) => { onChoose(event.currentTarget.value); }} />
      {measures.supremacy.length === 0
        ? <p>No two principles clash in a pair that was decided.</p>
        : (
          <div className="data-table-frame" tabIndex={0} role="region" aria-label="Supremacy of principles">
            <table className="matrix">
              <thead><tr><td />{principles.map(({ id, name }) => <th key={id} scope="col">{name}</th>)}</tr></thead>
              <tbody>
                {principles.map((first) => (
                  <tr key={first.id}>
                    <th scope="row">{first.name}</th>
                    {principles.map((second) => {
                      const cell = cells.get(`${first.id}|${second.id}`);
                      if (!cell || cell.value === null) return <td key={second.id} className="is-empty">{first.id === second.id ? "" : "–"}</td>;
                      const strength = Math.round(Math.abs(cell.value - 0.5) * 80);
                      return (
                        <td key={second.id} className={cell.sparse ? "is-sparse" : undefined} style={{ backgroundColor: `color-mix(in srgb, var(${cell.value >= 0.5 ? "--matrix-for" : "--matrix-against"}) ${strength}%, transparent)` }}>
                          <StudioLink to={addressOf(cell)} aria-label={words(cell, first.name, second.name)} title={words(cell, first.name, second.name)}>
                            {Math.round(cell.value * 100)}&nbsp;%<small>{cell.n}</small>
                          </StudioLink>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  );
}
