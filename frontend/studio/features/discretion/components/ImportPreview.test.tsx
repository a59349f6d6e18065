import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { ImportPreview as Preview } from "../api/types";
import { ColumnMapping } from "./ColumnMapping";
import { ImportPreview } from "./ImportPreview";

const PREVIEW: Preview = {
  format: "preferred_text",
  names: ["text_a", "text_b", "preferred_text"],
  rows: [{ row: 1, prompt: "Why?", response_a: "Because.", response_b: null, verdicts: [{ annotator: "label", principle: "", answer: "a" }, { annotator: "oracle", principle: "Be kind", answer: "b" }] }],
  errors: [{ row: 2, reason: "“preferred_text” must be text_a, text_b or tie." }],
  message: "",
};

describe("ImportPreview", () => {
  it("says the format, shows rows with their verdicts and names what cannot be read", () => {
    render(<ImportPreview preview={PREVIEW} />);

    expect(screen.getByRole("status").textContent).toContain("text_a, text_b, preferred_text (CSV)");
    expect(screen.getByRole("row", { name: /Why\?.*Because\..*label: a; Be kind: b/ })).toBeTruthy();
    expect(screen.getByText(/^Row 2: /)).toBeTruthy();
  });

  it("says that a coin deals the sides where the better response comes first", () => {
    const { rerender } = render(<ImportPreview preview={{ ...PREVIEW, format: "hh", names: ["chosen", "rejected"] }} />);
    expect(screen.getByText(/A coin, fixed by the texts, deals which one is A/)).toBeTruthy();

    rerender(<ImportPreview preview={PREVIEW} />);
    expect(screen.queryByText(/A coin/)).toBeNull();
  });

  it("says why nobody can tell the format", () => {
    render(<ImportPreview preview={{ ...PREVIEW, format: "", rows: [], errors: [], message: "Say which columns hold the two responses." }} />);

    expect(screen.getByRole("status").textContent).toBe("Say which columns hold the two responses.");
    expect(screen.queryByRole("table")).toBeNull();
  });
});

describe("ColumnMapping", () => {
  it("gives the chosen column to its field and keeps the others", () => {
    const changed = vi.fn();
    render(<MantineProvider><ColumnMapping names={["left", "right", ""]} columns={{ response_a: "left" }} onChange={changed} /></MantineProvider>);

    fireEvent.change(screen.getByLabelText(/^Response B/), { target: { value: "right" } });

    expect(changed).toHaveBeenCalledWith({ response_a: "left", response_b: "right" });
  });
});
