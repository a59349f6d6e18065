/** The picture of the moral graph on a canvas: built by sigma, with rings and wrapped names of our own. */
import { DirectedGraph } from "graphology";
import Sigma from "sigma";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import { tokenColour } from "@/studio/lib/colours";
import type { Graph } from "../api/types";
import { supportOf } from "./support";

/** A picture that stands on the page. */
export interface Drawn {
  select: (id: number | undefined) => void;
  zoom: (by: number) => void;
  remove: () => void;
}

interface DrawOptions {
  root: HTMLElement;
  graph: Graph;
  onSelect: (id: number) => void;
}

interface Inks { ink: string; soft: string; line: string; sheet: string; accent: string; gold: string; faint: string }

type Label = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

function readInks(): Inks {
  return {
    ink: tokenColour("--ink"), soft: tokenColour("--line-strong"), line: tokenColour("--line"), sheet: tokenColour("--sheet"),
    accent: tokenColour("--accent"), gold: tokenColour("--gold"), faint: tokenColour("--accent-line"),
  };
}

/** Node radius in pixels, from the height that the server gave the value. */
export function radiusOf(share: number): number {
  return 7 + 11 * Math.sqrt(share);
}

/** Cut a name into lines of about `limit` letters. */
export function wrapped(text: string, limit = 18): string[] {
  return text.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && `${last} ${word}`.length <= limit ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}

function modelOf(graph: Graph, inks: Inks): DirectedGraph {
  const model = new DirectedGraph();
  for (const { id, title, x, y } of graph.nodes) model.addNode(id, { x, y, size: radiusOf(y), label: title, color: inks.accent });
  for (const { less_wise, wiser, counts, n } of graph.edges) {
    if (n === 0 || !model.hasNode(less_wise) || !model.hasNode(wiser) || model.hasEdge(less_wise, wiser)) continue;
    const share = counts.wiser / n;
    model.addEdge(less_wise, wiser, { size: 0.75 + 2.5 * share, color: share > 0.5 ? inks.soft : inks.line });
  }
  return model;
}

function labelPainter(inks: Inks) {
  return (canvas: CanvasRenderingContext2D, { x, y, size, label }: Label): void => {
    canvas.font = '600 13px "Source Sans 3 Variable", system-ui, sans-serif';
    canvas.textAlign = "center";
    canvas.lineJoin = "round";
    canvas.lineWidth = 4;
    canvas.strokeStyle = inks.sheet;
    canvas.fillStyle = inks.ink;
    wrapped(label ?? "").forEach((line, index) => {
      const at = y + size + 18 + index * 15;
      canvas.strokeText(line, x, at);
      canvas.fillText(line, x, at);
    });
    canvas.textAlign = "start";
  };
}

function paintRing(canvas: CanvasRenderingContext2D, at: { x: number; y: number; radius: number }, share: number, inks: Inks): void {
  canvas.lineWidth = 3;
  canvas.strokeStyle = inks.line;
  canvas.beginPath();
  canvas.arc(at.x, at.y, at.radius, 0, 2 * Math.PI);
  canvas.stroke();
  canvas.strokeStyle = inks.gold;
  canvas.beginPath();
  canvas.arc(at.x, at.y, at.radius, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
  canvas.stroke();
}

function paintChosen(canvas: CanvasRenderingContext2D, at: { x: number; y: number; radius: number }, inks: Inks): void {
  canvas.lineWidth = 2;
  canvas.strokeStyle = inks.ink;
  canvas.beginPath();
  canvas.arc(at.x, at.y, at.radius + 6, 0, 2 * Math.PI);
  canvas.stroke();
}

function addRings(renderer: Sigma, graph: Graph, inks: Inks, chosen: () => string | undefined): void {
  const support = supportOf(graph.edges);
  renderer.createCanvasContext("rings", { style: { pointerEvents: "none" } });
  const canvas = renderer.getCanvases().rings?.getContext("2d");
  // A canvas that is added later gets its size with the next resizing.
  renderer.resize(true);
  renderer.on("afterRender", () => {
    if (!canvas) return;
    const { width, height } = renderer.getDimensions();
    canvas.clearRect(0, 0, width, height);
    for (const { id } of graph.nodes) {
      const shown = renderer.getNodeDisplayData(String(id));
      if (!shown) continue;
      const at = { ...renderer.framedGraphToViewport(shown), radius: renderer.scaleSize(shown.size) + 4 };
      paintRing(canvas, at, support.get(id) ?? 0, inks);
      if (chosen() === String(id)) paintChosen(canvas, at, inks);
    }
  });
}

/** The wheel scrolls the page, as everywhere; with Ctrl it zooms the picture. */
function leaveWheelToThePage(root: HTMLElement): () => void {
  const pass = (event: WheelEvent): void => { if (!event.ctrlKey) event.stopPropagation(); };
  root.addEventListener("wheel", pass, { capture: true });
  return () => { root.removeEventListener("wheel", pass, { capture: true }); };
}

/** Whether this browser can draw the picture at all. */
export function hasWebGL(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** Draw the graph into an element; only where `hasWebGL`. */
export function drawGraph({ root, graph, onSelect }: DrawOptions): Drawn {
  const inks = readInks();
  const model = modelOf(graph, inks);
  const near = { node: undefined as string | undefined, chosen: undefined as string | undefined };
  const focus = (): string | undefined => near.node ?? near.chosen;
  const renderer = new Sigma(model, root, {
    allowInvalidContainer: true,
    defaultEdgeType: "arrow",
    stagePadding: 64,
    labelRenderedSizeThreshold: 0,
    labelDensity: 20,
    minCameraRatio: 0.2,
    maxCameraRatio: 2,
    defaultDrawNodeLabel: labelPainter(inks),
    defaultDrawNodeHover: labelPainter(inks),
    edgeReducer: (edge, data) => {
      const about = focus();
      if (about === undefined) return data;
      return model.hasExtremity(edge, about) ? { ...data, color: inks.accent, zIndex: 1 } : { ...data, color: inks.line };
    },
    zIndex: true,
  });
  addRings(renderer, graph, inks, () => near.chosen);
  const look = (node: string | undefined): void => { near.node = node; root.style.cursor = node ? "pointer" : "grab"; renderer.refresh(); };
  renderer.on("enterNode", ({ node }) => { look(node); });
  renderer.on("leaveNode", () => { look(undefined); });
  renderer.on("clickNode", ({ node }) => { onSelect(Number(node)); });
  const freeWheel = leaveWheelToThePage(root);
  return {
    select: (id) => { near.chosen = id === undefined ? undefined : String(id); renderer.refresh(); },
    zoom: (by) => { const camera = renderer.getCamera(); camera.setState({ ratio: camera.ratio / by }); },
    remove: () => { freeWheel(); renderer.kill(); },
  };
}
