/** Two graphs side by side; a value that is chosen in one is chosen in both. */
import { lazy, Suspense, useState } from "react";
import { FigureSkeleton } from "@/studio/components/Skeletons";
import type { Graph } from "../api/types";
import type { Open, Target } from "../hooks/inspecting";

const GraphPicture = lazy(() => import("./GraphPicture").then((module) => ({ default: module.GraphPicture })));

/** One of the two. */
export interface Side {
  title: string;
  graph: Graph | undefined;
  error?: Error | null;
  /** Opens the rows of what is chosen here. */
  open: Open;
}

function One({ side, target, onChoose }: { side: Side; target?: Target; onChoose: (target: Target) => void }) {
  const { title, graph, error } = side;
  return (
    <section className="figure" aria-label={title}>
      <h2 className="figure-title">{title}</h2>
      {error ? <p className="figure-failed" role="alert">{error.message}</p> : graph === undefined ? <FigureSkeleton height="22rem" /> : (
        <>
          <p className="figure-summary">{graph.summary} {graph.votes > 0 && <button type="button" className="row-button is-quiet" aria-label={`See the votes: ${title}`} onClick={() => { side.open({ kind: "votes" }); }}>See the votes</button>}</p>
          <Suspense fallback={<FigureSkeleton height="22rem" />}><GraphPicture graph={graph} label={`Picture: ${title}`} target={target} onOpen={(chosen) => { onChoose(chosen); side.open(chosen); }} compact /></Suspense>
        </>
      )}
    </section>
  );
}

/** Draws both. */
export function TwoPictures({ left, right }: { left: Side; right: Side }) {
  const [target, choose] = useState<Target>();
  return (
    <div className="two-pictures">
      <One side={left} target={target} onChoose={choose} />
      <One side={right} target={target} onChoose={choose} />
    </div>
  );
}
