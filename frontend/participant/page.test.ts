import { expect, it, vi } from "vitest";
import { startLanding } from "./landing";
import { letCopy, letLanguagesClose, letQuotesClose, sayWhyItWaits, sendOnce } from "./page";

it("says why the way forward waits until what is required is there", () => {
  document.body.innerHTML = `<form><input type="checkbox" name="research" required><button>Go on</button><span data-wait>Tick the first box.</span></form>`;
  sayWhyItWaits();
  const wait = document.querySelector("[data-wait]");
  expect(wait).not.toHaveAttribute("hidden");

  document.querySelector("input")?.click();
  expect(wait).toHaveAttribute("hidden");
});

it("sends a plain form once", () => {
  document.body.innerHTML = `<form method="post"><button>Go on</button></form>`;
  sendOnce();
  const sent: boolean[] = [];
  document.querySelector("form")?.addEventListener("submit", (event) => { sent.push(!event.defaultPrevented); event.preventDefault(); });
  document.querySelector("form")?.requestSubmit();
  document.querySelector("form")?.requestSubmit();

  expect(sent).toEqual([true, false]);
});

it("closes a quote on Escape until the line is left", () => {
  document.body.innerHTML = `<ul><li class="policy" tabindex="0">Moments <q class="policy-quote">words</q></li></ul>`;
  letQuotesClose();
  const line = document.querySelector("li") as HTMLElement;
  line.focus();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  expect(line).toHaveClass("is-dismissed");

  line.blur();
  expect(line).not.toHaveClass("is-dismissed");
});

it("lights up what a value touches, from the picture and from the list", () => {
  document.body.innerHTML = `<section><figure data-landing><div class="landing-picture"><svg>
      <path class="landing-edge" data-less-wise="1" data-wiser="2"></path><path class="landing-edge" data-less-wise="2" data-wiser="3"></path>
      <g class="landing-node" data-value="1"></g><g class="landing-node" data-value="2"></g><g class="landing-node" data-value="3"></g>
    </svg></div></figure><ol><li data-value="1" tabindex="0">First</li></ol></section>`;
  startLanding();
  const item = document.querySelector("li") as HTMLElement;
  item.focus();

  const near = (selector: string): string[] => [...document.querySelectorAll<SVGElement>(selector)].map(({ dataset }) => dataset.value ?? `${dataset.lessWise}>${dataset.wiser}`);
  expect(near("svg .is-pointed")).toEqual(["1"]);
  expect(near("g.is-near")).toEqual(["2"]);
  expect(near("path.is-near")).toEqual(["1>2"]);

  item.blur();
  expect(document.querySelector(".is-focused, .is-pointed, .is-near")).toBeNull();
});

it("closes the list of languages with Escape, and when one goes elsewhere", () => {
  document.body.innerHTML = `<details data-languages open><summary>English</summary><form><button>Español</button></form></details><a href="#help">Help</a>`;
  const list = document.querySelector("details") as HTMLDetailsElement;
  letLanguagesClose();

  list.querySelector("button")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(list.open).toBe(false);
  expect(document.activeElement).toBe(list.querySelector("summary"));

  list.open = true;
  document.querySelector<HTMLElement>("a")?.focus();
  expect(list.open).toBe(false);
});

it("copies a code with a button and says so; without the right to the clipboard it selects the code", async () => {
  document.body.innerHTML = `<input readonly value="C-1" data-copy="Copy the code" data-copied="Copied">`;
  const write = vi.fn<(text: string) => Promise<void>>().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error("denied"));
  Object.defineProperty(navigator, "clipboard", { value: { writeText: write }, configurable: true });
  letCopy();
  const button = document.querySelector("button") as HTMLButtonElement;
  expect(button).toHaveTextContent("Copy the code");

  button.click();
  await vi.waitFor(() => { expect(button).toHaveTextContent("Copied"); });
  expect(write).toHaveBeenCalledWith("C-1");

  const code = document.querySelector("input") as HTMLInputElement;
  button.click();
  await vi.waitFor(() => { expect(code.value.slice(code.selectionStart ?? 0, code.selectionEnd ?? 0)).toBe("C-1"); });
});
