/** The examples of a data set, a page at a time, as the model sees them, with what each leans on. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { count, decimal } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { Veiled } from "@/studio/components/Veiled";
import { useStudy } from "@/studio/shell/routes";
import { examplesQuery } from "../api/data-sets";
import type { DataSet, Sample } from "../api/types";
import { LeansOn } from "./LeansOn";

const AT_ONCE = 20;
const SIDES = [{ value: "train", label: "Train" }, { value: "held_out", label: "Held out" }];

function Example({ example, audit }: { example: Sample; audit?: string }) {
  const { prompt, response_a: a, response_b: b, p_a: p, source } = example;
  return (
    <article className="sheet">
      <Veiled veiled={source.sensitive === true}>
        <h3 className="words" dir="auto">{prompt === "" ? "Without a prompt" : prompt}</h3>
        <div className="columns">
          <div><h4>A, preferred with {decimal(p)}</h4><p className="words sample-text" dir="auto">{a}</p></div>
          <div><h4>B, preferred with {decimal(1 - p)}</h4><p className="words sample-text" dir="auto">{b}</p></div>
        </div>
      </Veiled>
      <LeansOn example={example} audit={audit} />
    </article>
  );
}

/** Draws a page of one side, and the ways to the others. */
export function Examples({ dataSet }: { dataSet: DataSet }) {
  const { slug } = useStudy();
  const [side, setSide] = useState("train");
  const [start, setStart] = useState(0);
  const { data, isPending, error, refetch } = useQuery(examplesQuery(slug, dataSet.id, { side, start }));
  const { audit } = dataSet.rule as { audit?: unknown };
  return (
    <section aria-label="Examples" className="samples">
      <header className="section-head">
        <h2>Examples</h2>
        {dataSet.held_out_count > 0 && <NativeSelect aria-label="Side" data={SIDES} value={side} onChange={(event) => { setSide(event.currentTarget.value); setStart(0); }} />}
      </header>
      {isPending && <TableSkeleton count={3} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <p className="note" role="status">{data.total === 0 ? "This side is empty." : `${count(start + 1)} to ${count(start + data.examples.length)} of ${count(data.total)}.`}</p>}
      {data?.examples.map((example) => <Example key={example.id} example={example} audit={typeof audit === "number" ? String(audit) : undefined} />)}
      {data && data.total > AT_ONCE && (
        <nav className="join-audit" aria-label="Pages of examples">
          <Button variant="default" disabled={start === 0} onClick={() => { setStart(Math.max(0, start - AT_ONCE)); }}>Earlier</Button>
          <Button variant="default" disabled={data.next === null} onClick={() => { setStart(data.next ?? start); }}>Later</Button>
        </nav>
      )}
    </section>
  );
}
