/** What the compared runs differ in, a column a run: a difference of their lines may come from there. */
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { recipesQuery } from "../api/recipes";
import type { Run } from "../api/types";
import { differencesOf, labelsOf } from "../hooks/settings";

/** Draws a table, or the sentence that there is no difference. */
export function RunDifferences({ runs }: { runs: readonly Run[] }) {
  const { slug } = useStudy();
  const { data: recipes } = useQuery(recipesQuery(slug));
  const rows = differencesOf(runs, labelsOf(recipes ?? []));
  if (rows.length === 0) return <p className="note">These runs have the same data set and the same settings.</p>;
  return (
    <details className="run-differences">
      <summary>What these runs differ in ({rows.length})</summary>
      <div className="data-table-frame" tabIndex={0} role="region" aria-label="What these runs differ in">
        <table className="data-table">
          <caption className="visually-hidden">What these runs differ in</caption>
          <thead><tr><th scope="col">Setting</th>{runs.map(({ id, name }) => <th key={id} scope="col">{name}</th>)}</tr></thead>
          <tbody>{rows.map(({ name, label, values }) => <tr key={name}><th scope="row">{label}</th>{values.map((value, place) => <td key={place}>{value}</td>)}</tr>)}</tbody>
        </table>
      </div>
    </details>
  );
}
