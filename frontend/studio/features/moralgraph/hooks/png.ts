/** A PNG of an SVG, drawn by this browser: the server has no fonts to draw text with. */
import { csrfFetch, errorFrom } from "@/lib/request";

const SHARPNESS = 2;
const MOST_PIXELS = 8000;

async function imageOf(svg: Blob): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** By how much a picture is enlarged: sharp on fine screens, and no larger than browsers can draw. */
export function scaleOf(width: number, height: number): number {
  return Math.min(SHARPNESS, MOST_PIXELS / Math.max(width, height, 1));
}

/** Fetch a picture and save it as a PNG; fails where the server refuses it or it cannot be drawn. */
export async function savePng(address: string, name: string): Promise<void> {
  const answer = await csrfFetch(address);
  if (!answer.ok) throw await errorFrom(answer);
  const image = await imageOf(new Blob([await answer.text()], { type: "image/svg+xml" }));
  const scale = scaleOf(image.width, image.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const file = await new Promise<Blob | null>((done) => { canvas.toBlob(done, "image/png"); });
  if (file === null) throw new Error("This browser cannot draw a picture of this size. Save the SVG instead.");
  save(file, name);
}
