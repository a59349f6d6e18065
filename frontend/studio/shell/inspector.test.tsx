import { act, fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderStudio } from "@/testing/render";
import { useInspector } from "./inspector";

function Opener() {
  const { open } = useInspector();
  return <button type="button" onClick={() => { open({ title: "A value", content: <input aria-label="Why" /> }); }}>Look</button>;
}

/** A window whose width a test changes: narrow or not. */
function windowOf(narrow: boolean): (narrow: boolean) => void {
  const query = Object.assign(new EventTarget(), { matches: narrow, media: "", onchange: null, addListener: () => undefined, removeListener: () => undefined });
  vi.spyOn(window, "matchMedia").mockReturnValue(query as MediaQueryList);
  return (next) => {
    query.matches = next;
    act(() => { query.dispatchEvent(Object.assign(new Event("change"), { matches: next })); });
  };
}

it("keeps what was typed when the window becomes narrow, and wide again", async () => {
  const resize = windowOf(false);
  await renderStudio(<Opener />);
  fireEvent.click(await screen.findByRole("button", { name: "Look" }));
  fireEvent.change(await screen.findByLabelText("Why"), { target: { value: "They say the same." } });
  expect(screen.queryByRole("dialog")).toBeNull();

  resize(true);
  expect(await screen.findByRole("dialog")).toContainElement(screen.getByLabelText("Why"));
  expect(screen.getByLabelText("Why")).toHaveValue("They say the same.");

  resize(false);
  expect(await screen.findByRole("complementary")).toContainElement(screen.getByLabelText("Why"));
  expect(screen.getByLabelText("Why")).toHaveValue("They say the same.");
});

it("closes on Escape from within", async () => {
  windowOf(false);
  await renderStudio(<Opener />);
  fireEvent.click(await screen.findByRole("button", { name: "Look" }));

  fireEvent.keyDown(await screen.findByLabelText("Why"), { key: "Escape" });

  expect(screen.queryByLabelText("Why")).toBeNull();
});
