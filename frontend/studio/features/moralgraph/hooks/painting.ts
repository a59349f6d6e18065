/** What we paint ourselves beside sigma: names in lines, halos of doubt, and rings around what is chosen. */
import type Sigma from "sigma";
import type { NodeDisplayData, PartialButFor } from "sigma/types";
import { tokenColour } from "@/studio/lib/colours";
import type { Graph } from "../api/types";
import { isMixed, type NodeLook, wrapped } from "./looks";
import { isOn, placesBeside, type Room } from "./room";

/** The colours of the picture, from the tokens as they stand now. */
export interface Inks { ink: string; strong: string; sheet: string; accent: string; gold: string }

type Label = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;

/** Read the tokens. */
export function readInks(): Inks {
  return { ink: tokenColour("--ink"), strong: tokenColour("--line-strong"), sheet: tokenColour("--sheet"), accent: tokenColour("--accent"), gold: tokenColour("--gold") };
}

/** A colour with an opacity as WebGL blends it here: red, green and blue are multiplied by it beforehand. */
export function faded(colour: string, opacity: number): string {
  const parts = (colour.match(/[\d.]+/g) ?? ["0", "0", "0"]).slice(0, 3).map((part) => Math.round(Number(part) * opacity));
  return `rgba(${parts.join(",")},${opacity.toFixed(3)})`;
}

/** Paints a value's name beside it, in lines, on a rim of paper; with a room only where nothing is written yet. */
export function labelPainter(inks: Inks, many: boolean, room?: Room) {
  const line = many ? 13 : 15;
  return (canvas: CanvasRenderingContext2D, { x, y, size, label }: Label): void => {
    canvas.font = `600 ${many ? 11.5 : 13}px "Source Sans 3 Variable", system-ui, sans-serif`;
    const lines = wrapped(label ?? "");
    const wide = Math.max(...lines.map((text) => canvas.measureText(text).width));
    const places = placesBeside({ x, y, radius: size }, { wide, high: lines.length * line });
    const page = { wide: canvas.canvas.clientWidth, high: canvas.canvas.clientHeight };
    const place = room === undefined ? (places.find((box) => isOn(page, box)) ?? places[0]) : room.take(places);
    if (place === undefined) return;
    canvas.textAlign = "center";
    canvas.lineJoin = "round";
    canvas.lineWidth = 4;
    canvas.strokeStyle = inks.sheet;
    canvas.fillStyle = inks.ink;
    lines.forEach((text, index) => {
      const at = place.y + (index + 1) * line - 4;
      canvas.strokeText(text, place.x + wide / 2, at);
      canvas.fillText(text, place.x + wide / 2, at);
    });
    canvas.textAlign = "start";
  };
}

/** Begin each picture with an empty page; among few values no name stands on a value either. */
export function clearBeforeEach(renderer: Sigma, room: Room, nodes: () => Graph["nodes"], many: boolean): void {
  renderer.on("beforeRender", () => {
    // Sigma measures its element only after this, so that we measure it ourselves.
    const { clientWidth: wide, clientHeight: high } = renderer.getContainer();
    room.clear(many ? [] : nodes().flatMap(({ id }) => {
      const shown = renderer.getNodeDisplayData(String(id));
      if (!shown) return [];
      const { x, y } = renderer.framedGraphToViewport(shown);
      const radius = renderer.scaleSize(shown.size);
      return [{ x: x - radius, y: y - radius, wide: 2 * radius, high: 2 * radius }];
    }), { wide, high });
  });
}

function circle(canvas: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, radius: number): void {
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
}

/** What the rings are drawn around. */
export interface Marked {
  graph: Graph;
  looks: ReadonlyMap<number, NodeLook>;
  chosen: number | undefined;
  cursor: number | undefined;
}

/** Paint halos under the picture and rings over it after every rendering. */
export function paintBeside(renderer: Sigma, inks: Inks, marked: () => Marked): void {
  renderer.createCanvasContext("halos", { style: { pointerEvents: "none" } });
  renderer.createCanvasContext("rings", { style: { pointerEvents: "none" } });
  const canvases = renderer.getCanvases();
  if (canvases.halos) canvases.edges?.before(canvases.halos);
  const under = canvases.halos?.getContext("2d");
  const over = canvases.rings?.getContext("2d");
  // A canvas that is added later gets its size with the next resizing.
  renderer.resize(true);
  renderer.on("afterRender", () => {
    if (!under || !over) return;
    const { width, height } = renderer.getDimensions();
    under.clearRect(0, 0, width, height);
    over.clearRect(0, 0, width, height);
    const { graph, looks, chosen, cursor } = marked();
    const mixed = isMixed(graph);
    under.fillStyle = inks.accent;
    under.globalAlpha = 0.16;
    for (const { id, imported } of graph.nodes) {
      const shown = renderer.getNodeDisplayData(String(id));
      const look = looks.get(id);
      if (!shown || !look) continue;
      const at = renderer.framedGraphToViewport(shown);
      if (look.halo > 0) {
        circle(under, at, renderer.scaleSize(shown.size + look.halo));
        under.fill();
      }
      if (imported && mixed) {
        // A square around what came from elsewhere: a shape, so that it needs no colour.
        const side = 2 * (renderer.scaleSize(shown.size) + 2.5);
        over.strokeStyle = inks.ink;
        over.lineWidth = 1.5;
        over.strokeRect(at.x - side / 2, at.y - side / 2, side, side);
      }
      const rings = [[graph.winner?.id === id, inks.gold, 3, 3], [chosen === id, inks.ink, 6, 2], [cursor === id, inks.accent, 9, 3]] as const;
      for (const [drawn, colour, beyond, wide] of rings) {
        if (!drawn) continue;
        over.strokeStyle = colour;
        over.lineWidth = wide;
        circle(over, at, renderer.scaleSize(shown.size) + beyond);
        over.stroke();
      }
    }
  });
}
