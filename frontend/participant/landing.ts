/** Where a value landed: pointing at a value, in the picture or in the list, lights up what it touches. */

function valuesTouching(figure: Element, value: string): Set<string> {
  const touching = new Set([value]);
  for (const edge of figure.querySelectorAll<SVGElement>("[data-less-wise][data-wiser]")) {
    const { lessWise = "", wiser = "" } = edge.dataset;
    const near = lessWise === value || wiser === value;
    edge.classList.toggle("is-near", near);
    if (near) touching.add(lessWise).add(wiser);
  }
  return touching;
}

function point(figure: Element, value: string | undefined): void {
  const picture = figure.querySelector(".landing-picture") ?? figure;
  picture.classList.toggle("is-focused", value !== undefined);
  const touching = value === undefined ? new Set<string>() : valuesTouching(figure, value);
  if (value === undefined) figure.querySelectorAll("[data-less-wise].is-near").forEach((edge) => { edge.classList.remove("is-near"); });
  for (const node of figure.querySelectorAll<SVGElement>("svg [data-value]")) {
    node.classList.toggle("is-pointed", node.dataset.value === value);
    node.classList.toggle("is-near", node.dataset.value !== value && touching.has(node.dataset.value ?? ""));
  }
}

function valueAt(target: EventTarget | null): string | undefined {
  const part = target instanceof Element ? target.closest<HTMLElement | SVGElement>("[data-value]") : null;
  return part?.dataset.value;
}

/** Bring the picture on this page to life, if there is one. */
export function startLanding(): void {
  const figure = document.querySelector("[data-landing]");
  if (!figure) return;
  const area = figure.parentElement ?? figure;
  for (const kind of ["pointerover", "focusin"]) area.addEventListener(kind, ({ target }) => { point(figure, valueAt(target)); });
  for (const kind of ["pointerleave", "focusout"]) area.addEventListener(kind, () => { point(figure, undefined); });
}
