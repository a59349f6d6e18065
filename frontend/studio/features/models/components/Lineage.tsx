/** Where a data set comes from, with the way back: how its targets were made, and the people behind them. */
import { count } from "@/lib/numbers";
import { StudioLink } from "@/studio/components/StudioLink";
import { Withdrawn } from "@/studio/components/Withdrawn";
import { useStudy } from "@/studio/shell/routes";
import type { DataSet } from "../api/types";

const said = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value));

function Value({ name, value }: { name: string; value: unknown }) {
  const { slug } = useStudy();
  if (name === "audit") return <StudioLink to={`/studies/${slug}/discretion/${said(value)}`}>Audit {said(value)}</StudioLink>;
  if (name === "snapshot") return <StudioLink to={`/studies/${slug}/graph/snapshots/${said(value)}`}>Snapshot with the id {said(value)}</StudioLink>;
  if (Array.isArray(value)) return <>{value.map(said).join(", ")}</>;
  if (typeof value === "object" && value !== null) return <>{Object.entries(value).map(([key, part]) => `${key}: ${Array.isArray(part) ? part.map(said).join(", ") : said(part)}`).join("; ")}</>;
  return <>{said(value)}</>;
}

function People({ people }: Pick<DataSet, "people">) {
  const { slug } = useStudy();
  if (people.n === 0) return null;
  return (
    <details>
      <summary>{count(people.n)} participants behind it</summary>
      <p className="note">Each opens with their consent, their card and their interview, if they agreed to research use. That you open one is noted.</p>
      <ul className="people-behind">{people.ids.map((id) => <li key={id}><StudioLink to={`/studies/${slug}/participants/${id}`}><code>{id.slice(0, 8)}</code></StudioLink></li>)}</ul>
      {people.ids.length < people.n && <p className="note">{count(people.n - people.ids.length)} more have withdrawn or are not listed.</p>}
    </details>
  );
}

/** Draws the rule and the people. */
export function Lineage({ dataSet: { rule, withdrawals, people } }: { dataSet: DataSet }) {
  return (
    <section className="sheet" aria-label="How it was made">
      <h2>How it was made</h2>
      <Withdrawn people={withdrawals} />
      <dl className="config-list">
        {Object.entries(rule).map(([key, value]) => <div key={key}><dt>{key.replaceAll("_", " ")}</dt><dd><Value name={key} value={value} /></dd></div>)}
      </dl>
      <People people={people} />
    </section>
  );
}
