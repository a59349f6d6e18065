/** The moral graph drawn by sigma: the wiser, the higher; larger with more votes; the ring fills with certainty of the top. */
import { useEffect, useRef, useState } from "react";
import { useIsDark } from "@/studio/lib/colours";
import type { Graph } from "../api/types";
import { drawGraph, type Drawn } from "../hooks/drawing";

interface GraphPictureProps {
  graph: Graph;
  selected?: number;
  onSelect: (id: number) => void;
}

/** Draws the graph; everything in it is also in the table and the sentences, so screen readers pass it by. */
export function GraphPicture({ graph, selected, onSelect }: GraphPictureProps) {
  const root = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  const [failed, setFailed] = useState(false);
  const isDark = useIsDark();

  useEffect(() => {
    if (!root.current) return undefined;
    try {
      drawn.current = drawGraph({ root: root.current, graph, onSelect });
    } catch {
      setFailed(true);
    }
    return () => {
      drawn.current?.remove();
      drawn.current = undefined;
    };
    // A new choice is drawn below without starting again.
  }, [graph, isDark, onSelect]);
  useEffect(() => { drawn.current?.select(selected); }, [selected, graph, isDark]);

  if (failed) return <p className="figure-failed">This browser cannot draw the picture; the table and the sentences hold the same.</p>;
  return <div ref={root} className="graph-picture" aria-hidden="true" />;
}
