import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startCardEditor } from "./card-editor";

const row = (place: number, words: string) => `
  <li class="card-line"><fieldset data-policy>
    <legend>Line <span data-number>${place + 1}</span></legend>
    <label for="id_policy-${place}-attended">Attended</label>
    <input id="id_policy-${place}-attended" name="policy-${place}-attended" value="${words}">
    <input name="policy-${place}-qualifier" value="">
    <input type="hidden" name="policy-${place}-quote" value="said ${words}">
    <button name="action" value="up-${place}" aria-label="Move line ${place + 1} up">up</button>
    <button name="action" value="down-${place}" aria-label="Move line ${place + 1} down">down</button>
    <button name="action" value="delete-${place}" aria-label="Delete line ${place + 1}">x</button>
    <ul class="card-line-hints"><li><span>Plural?</span><button name="action" value="away-1-${words}">x</button></li></ul>
    <blockquote class="card-line-quote">said ${words}</blockquote>
  </fieldset></li>`;

function form(): HTMLFormElement {
  return document.querySelector("form") as HTMLFormElement;
}
function press(value: string): boolean {
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  form().querySelector(`button[value="${value}"]`)?.dispatchEvent(event);
  return event.defaultPrevented;
}
function sent(part: string): [string, FormDataEntryValue][] {
  return [...new FormData(form())].filter(([name]) => name.endsWith(part));
}

afterEach(() => { vi.unstubAllGlobals(); });
beforeEach(() => {
  document.body.innerHTML = `<form data-card-editor><ol>${["pauses", "voices", "hands"].map((words, place) => row(place, words)).join("")}</ol>
    <button name="action" value="add">Add</button><button name="action" value="save">Save</button></form>`;
  startCardEditor();
});

it("moves a line with its quote and numbers the fields anew", () => {
  press("up-2");

  expect(sent("-attended")).toEqual([["policy-0-attended", "pauses"], ["policy-1-attended", "hands"], ["policy-2-attended", "voices"]]);
  expect(sent("-quote")).toEqual([["policy-0-quote", "said pauses"], ["policy-1-quote", "said hands"], ["policy-2-quote", "said voices"]]);
  expect(document.querySelector('[role="status"]')).toHaveTextContent("Line moved to place 2 of 3.");
  expect(document.activeElement).toHaveAttribute("aria-label", "Move line 2 up");
});

it("keeps one line to a list item", () => {
  press("up-2");
  press("down-0");

  expect([...form().querySelectorAll("li.card-line")].map((item) => item.querySelectorAll("[data-policy]").length)).toEqual([1, 1, 1]);
});

it("adds an empty line without a quote and goes there", () => {
  press("add");

  expect(sent("-attended").at(-1)).toEqual(["policy-3-attended", ""]);
  expect(sent("-quote").at(-1)).toEqual(["policy-3-quote", ""]);
  expect(form().querySelectorAll(".card-line-quote")).toHaveLength(3);
  expect(document.activeElement).toHaveAttribute("name", "policy-3-attended");
});

it("deletes a line and puts it back where it was", () => {
  press("delete-1");
  expect(sent("-attended")).toEqual([["policy-0-attended", "pauses"], ["policy-1-attended", "hands"]]);
  expect(document.activeElement).toHaveTextContent("Put it back");

  (document.activeElement as HTMLElement).click();
  expect(sent("-attended").map(([, words]) => words)).toEqual(["pauses", "voices", "hands"]);
});

it("keeps at least one line and stops at the ends", () => {
  expect(form().querySelector('button[value="up-0"]')).toBeDisabled();
  expect(form().querySelector('button[value="down-2"]')).toBeDisabled();
  press("delete-0");
  press("delete-0");

  expect(form().querySelector('button[value="delete-0"]')).toBeDisabled();
  press("delete-0");
  expect(sent("-attended")).toEqual([["policy-0-attended", "hands"]]);
});

it("leaves saving to the form itself", () => {
  expect(press("up-1")).toBe(true);
  const event = new MouseEvent("click", { bubbles: true, cancelable: true });
  let byUs = false;
  form().addEventListener("click", () => { byUs = event.defaultPrevented; event.preventDefault(); });
  form().querySelector('button[value="save"]')?.dispatchEvent(event);

  expect(byUs).toBe(false);
});

it("puts a hint away at once, keeps that, and leaves the words and the other hints alone", async () => {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response("")));
  vi.stubGlobal("fetch", fetched);

  expect(press("away-1-voices")).toBe(true);
  await vi.waitFor(() => { expect(document.querySelector('[role="status"]')).toHaveTextContent("Hint put away."); });

  expect((fetched.mock.calls[0]?.[1]?.body as FormData).getAll("action")).toEqual(["away-1-voices"]);
  expect(form().querySelectorAll(".card-line-hints")).toHaveLength(2);
  expect(sent("-attended")).toHaveLength(3);
  expect(document.activeElement).toHaveValue("voices");
});

it("sends the plain form where a hint cannot be put away quietly", async () => {
  vi.stubGlobal("fetch", vi.fn(() => Promise.reject(new Error("no line"))));
  const submitted = vi.spyOn(form(), "requestSubmit").mockImplementation(() => undefined);

  press("away-1-hands");

  await vi.waitFor(() => { expect(submitted).toHaveBeenCalledOnce(); });
});
