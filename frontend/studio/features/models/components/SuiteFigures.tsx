/** What each suite found about a checkpoint: estimates as numbers with intervals, the rest as it is stored. */
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import type { Rate } from "../api/types";
import { labelOf } from "./RunCharts";

function isRate(figure: unknown): figure is Rate {
  return typeof figure === "object" && figure !== null && "value" in figure && "n" in figure;
}

function Found({ figure }: { figure: unknown }) {
  if (figure === null || (typeof figure === "object" && Object.keys(figure).length === 0)) return <>none</>;
  if (isRate(figure)) return <NumberWithInterval {...figure} />;
  return <>{typeof figure === "number" || typeof figure === "string" ? figure : <code>{JSON.stringify(figure)}</code>}</>;
}

/** Draws one list a suite; `measured` says that other figures stand on the page. */
export function SuiteFigures({ evaluations, measured }: { evaluations: Readonly<Record<string, unknown>>; measured: boolean }) {
  const suites = Object.entries(evaluations);
  if (suites.length === 0) return measured ? null : <p className="note">Nothing has been measured on this checkpoint yet.</p>;
  return (
    <div className="columns">
      {suites.map(([suite, figures]) => (
        <section key={suite} className="sheet" aria-label={labelOf(suite)}>
          <h2>{labelOf(suite)}</h2>
          <dl className="config-list">
            {Object.entries(figures as Record<string, unknown>).map(([name, figure]) => <div key={name}><dt>{labelOf(name)}</dt><dd><Found figure={figure} /></dd></div>)}
          </dl>
        </section>
      ))}
    </div>
  );
}
