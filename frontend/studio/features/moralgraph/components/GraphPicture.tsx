/** The moral graph drawn by sigma: the wiser, the higher and larger; the gold ring fills with the share of "wiser" votes. */
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useIsDark } from "@/studio/lib/colours";
import type { Graph } from "../api/types";
import { drawGraph, type Drawn, hasWebGL } from "../hooks/drawing";

interface GraphPictureProps {
  graph: Graph;
  selected?: number;
  onSelect: (id: number) => void;
}

function Legend({ onZoom }: { onZoom: (by: number) => void }) {
  return (
    <div className="graph-legend">
      <p>Higher and larger: wiser. Gold ring: share of “wiser” among the votes on steps to a value. Arrows run towards what may be wiser; thick ones have most votes behind them.</p>
      <Button variant="default" size="compact-sm" aria-label="Zoom in" onClick={() => { onZoom(1.4); }}>+</Button>
      <Button variant="default" size="compact-sm" aria-label="Zoom out" onClick={() => { onZoom(1 / 1.4); }}>−</Button>
    </div>
  );
}

/** Draws the graph; everything in it is also in the table and the sentences, so screen readers pass the canvas by. */
export function GraphPicture({ graph, selected, onSelect }: GraphPictureProps) {
  const root = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  const choose = useRef(onSelect);
  const [canDraw] = useState(hasWebGL);
  const isDark = useIsDark();

  useEffect(() => { choose.current = onSelect; }, [onSelect]);
  useEffect(() => {
    if (!root.current) return undefined;
    drawn.current = drawGraph({ root: root.current, graph, onSelect: (id) => { choose.current(id); } });
    return () => {
      drawn.current?.remove();
      drawn.current = undefined;
    };
  }, [graph, isDark]);
  useEffect(() => { drawn.current?.select(selected); }, [selected, graph, isDark]);

  if (!canDraw) return <p className="figure-failed">This browser cannot draw the picture; the table and the sentences hold the same.</p>;
  return (
    <>
      <div ref={root} className="graph-picture" aria-hidden="true" />
      <Legend onZoom={(by) => { drawn.current?.zoom(by); }} />
    </>
  );
}
