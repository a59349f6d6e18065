/** The picture of the moral graph on a canvas, drawn by sigma with WebGL; it changes in place while votes come in. */
import { DirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram } from "sigma/rendering";
import { animateNodes } from "sigma/utils";
import type { Graph } from "../api/types";
import type { Filters } from "./asking";
import { areMany, edgeLooks, MANY, nodeLooks, type NodeLook } from "./looks";
import { clearBeforeEach, faded, type Inks, labelPainter, paintBeside, readInks } from "./painting";
import { emptyRoom } from "./room";

/** What stands out in the picture. */
export interface Attention {
  chosen?: number;
  /** Where the keyboard stands. */
  cursor?: number;
  /** A step by its ends. */
  step?: { less_wise: number; wiser: number };
}

/** A picture that stands on the page. */
export interface Drawn {
  update: (graph: Graph, answer: Filters["answer"]) => void;
  look: (attention: Attention) => void;
  centre: (id: number) => void;
  zoom: (by: number) => void;
  whole: () => void;
  remove: () => void;
}

interface DrawOptions {
  root: HTMLElement;
  graph: Graph;
  answer: Filters["answer"];
  onSelect: (id: number) => void;
  onStep: (lessWise: number, wiser: number) => void;
  onHover: (id: number | undefined) => void;
}

interface State {
  graph: Graph;
  looks: Map<number, NodeLook>;
  places: Map<number, { x: number; y: number }>;
  hovered?: string;
  attention: Attention;
}

const MOVE_MS = 400;
/** With more steps than this they are drawn as thin lines, and a click chooses values alone. */
const CROWDED = 1000;

function sameAttention(one: Attention, other: Attention): boolean {
  return one.chosen === other.chosen && one.cursor === other.cursor && one.step?.less_wise === other.step?.less_wise && one.step?.wiser === other.step?.wiser;
}

function stepKey(lessWise: number, wiser: number): string {
  return `${lessWise}-${wiser}`;
}

/** Places as wide and as high as the element; the server's are in a square. */
function spots(graph: Graph, root: HTMLElement): Map<number, { x: number; y: number }> {
  const wide = root.clientHeight > 0 ? Math.max(0.4, root.clientWidth / root.clientHeight) : 1;
  return new Map(graph.nodes.map(({ id, x, y }) => [id, { x: x * wide, y }]));
}

function fillNodes(model: DirectedGraph, { graph, looks, places }: State, inks: Inks): void {
  const there = new Set(graph.nodes.map(({ id }) => String(id)));
  for (const node of model.nodes()) if (!there.has(node)) model.dropNode(node);
  for (const { id, title } of graph.nodes) {
    const look = { size: looks.get(id)?.radius ?? 4, label: title, color: inks.accent };
    if (model.hasNode(id)) model.mergeNodeAttributes(id, look);
    else model.addNode(id, { ...places.get(id), ...look });
  }
}

function fillEdges(model: DirectedGraph, graph: Graph, answer: Filters["answer"], inks: Inks): void {
  model.clearEdges();
  for (const [{ less_wise, wiser }, { width, opacity }] of edgeLooks(graph, answer)) {
    if (!model.hasNode(less_wise) || !model.hasNode(wiser)) continue;
    model.addEdgeWithKey(stepKey(less_wise, wiser), less_wise, wiser, { size: width, color: faded(inks.strong, opacity) });
  }
}

/** Let values go to their new places; at once where motion is not wanted, or there are many. */
function settle(model: DirectedGraph, places: State["places"]): void {
  const still = places.size > MANY || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (still) {
    for (const [id, place] of places) model.mergeNodeAttributes(id, place);
    return;
  }
  animateNodes(model, Object.fromEntries(places), { duration: MOVE_MS });
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

function newRenderer(model: DirectedGraph, root: HTMLElement, inks: Inks, state: State): Sigma {
  const many = areMany(model.order, root.clientWidth);
  const room = emptyRoom();
  const crowded = model.size > CROWDED;
  const focus = (): string | undefined => {
    const at = state.hovered ?? state.attention.cursor ?? state.attention.chosen;
    return at !== undefined && model.hasNode(at) ? String(at) : undefined;
  };
  const veiled = faded(inks.strong, crowded ? 0.05 : 0.12);
  const renderer = new Sigma(model, root, {
    allowInvalidContainer: true,
    defaultEdgeType: crowded ? "thin" : "arrow",
    // Thin lines cost a tenth of arrows to draw; what is looked at gets its arrows all the same.
    edgeProgramClasses: { thin: EdgeLineProgram },
    stagePadding: many ? 28 : root.clientWidth < 480 ? 56 : 64,
    labelRenderedSizeThreshold: many ? 6.5 : 0,
    labelDensity: many ? 0.5 : 20,
    minCameraRatio: 0.02,
    maxCameraRatio: 2,
    enableEdgeEvents: !crowded,
    defaultDrawNodeLabel: labelPainter(inks, many, room),
    defaultDrawNodeHover: labelPainter(inks, many),
    nodeReducer: (node, data) => (node === focus() ? { ...data, forceLabel: true, zIndex: 1 } : data),
    edgeReducer: (edge, data) => {
      const { step } = state.attention;
      if (step && edge === stepKey(step.less_wise, step.wiser)) return { ...data, type: "arrow", size: Math.max(3, Number(data.size) + 1.5), color: inks.accent, zIndex: 2 };
      const about = focus();
      if (about === undefined) return data;
      return model.hasExtremity(edge, about) ? { ...data, type: "arrow", color: inks.accent, zIndex: 1 } : { ...data, color: veiled };
    },
    zIndex: true,
  });
  clearBeforeEach(renderer, room, () => state.graph.nodes, state.graph.nodes.length > MANY);
  // Names are placed by where values stood before the size was known: place them once more.
  renderer.on("resize", () => { renderer.scheduleRender(); });
  return renderer;
}

/** Draw the graph into an element; only where `hasWebGL`. */
export function drawGraph({ root, graph, answer, onSelect, onStep, onHover }: DrawOptions): Drawn {
  const inks = readInks();
  const model = new DirectedGraph();
  const state: State = { graph, looks: nodeLooks(graph.nodes, root.clientWidth), places: spots(graph, root), attention: {} };
  fillNodes(model, state, inks);
  fillEdges(model, graph, answer, inks);
  const renderer = newRenderer(model, root, inks, state);
  paintBeside(renderer, inks, () => ({ graph: state.graph, looks: state.looks, chosen: state.attention.chosen, cursor: state.attention.cursor }));
  renderer.once("afterRender", () => { root.dataset.drawn = String(model.order); });
  // Sigma has rendered once before anybody could listen.
  renderer.scheduleRender();
  const hover = (node: string | undefined): void => {
    state.hovered = node;
    root.style.cursor = node === undefined ? "grab" : "pointer";
    renderer.refresh({ skipIndexation: true });
    onHover(node === undefined ? undefined : Number(node));
  };
  renderer.on("enterNode", ({ node }) => { hover(node); });
  renderer.on("leaveNode", () => { hover(undefined); });
  renderer.on("clickNode", ({ node }) => { onSelect(Number(node)); });
  renderer.on("clickEdge", ({ edge }) => { onStep(Number(model.source(edge)), Number(model.target(edge))); });
  const freeWheel = leaveWheelToThePage(root);
  return {
    update: (next, by) => {
      state.graph = next;
      state.looks = nodeLooks(next.nodes, root.clientWidth);
      state.places = spots(next, root);
      fillNodes(model, state, inks);
      fillEdges(model, next, by, inks);
      settle(model, state.places);
    },
    look: (attention) => {
      if (sameAttention(state.attention, attention)) return;
      state.attention = attention;
      renderer.refresh({ skipIndexation: true });
    },
    centre: (id) => {
      const shown = renderer.getNodeDisplayData(String(id));
      if (shown) renderer.getCamera().setState({ x: shown.x, y: shown.y, ratio: Math.min(renderer.getCamera().ratio, model.order > MANY ? 0.35 : 0.8) });
    },
    zoom: (by) => { const camera = renderer.getCamera(); camera.setState({ ratio: camera.ratio / by }); },
    whole: () => { renderer.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1 }); },
    remove: () => { freeWheel(); renderer.kill(); },
  };
}
