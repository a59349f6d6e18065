import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { Veiled } from "./Veiled";

const draw = (veiled: boolean) => render(<MantineProvider><Veiled veiled={veiled}><p>An insult.</p></Veiled></MantineProvider>);

describe("Veiled", () => {
  it("keeps texts from sight, reader and keyboard until somebody asks", () => {
    draw(true);

    const text = screen.getByText("An insult.").parentElement;
    expect(text?.classList.contains("is-blurred")).toBe(true);
    expect(text?.hasAttribute("inert")).toBe(true);
    expect(text?.getAttribute("aria-hidden")).toBe("true");

    fireEvent.click(screen.getByRole("button", { name: "Show the texts" }));

    expect(screen.getByText("An insult.").closest(".is-blurred")).toBeNull();
  });

  it("shows at once what nobody marked", () => {
    draw(false);

    expect(screen.getByText("An insult.").closest(".is-blurred")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
