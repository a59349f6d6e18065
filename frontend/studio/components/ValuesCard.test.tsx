import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { ValuesCard } from "./ValuesCard";

const policies = [
  { attended: "Moments", qualifier: "when a silence feels easy", quote: "we just sat there and it was fine" },
  { attended: "CHANGES in how she speaks of her work" },
];

it("shows title, sentence and what each line attends to", () => {
  render(<ValuesCard title="Honest company" summary="Being with people without a mask." policies={policies} tag="Winning value" />);

  expect(screen.getByRole("heading", { name: "Honest company", level: 3 })).toBeVisible();
  expect(screen.getByText("Being with people without a mask.")).toBeVisible();
  expect(screen.getByText("Moments")).toHaveClass("policy-lead");
  expect(screen.getByText("CHANGES")).toHaveClass("policy-lead");
  expect(screen.getByText("Winning value")).toBeVisible();
});

it("lets the keyboard reach a line with a quote, and only such a line", () => {
  render(<ValuesCard title="Honest company" policies={policies} />);
  const [quoted, plain] = screen.getAllByRole("listitem");

  expect(quoted).toHaveAttribute("tabindex", "0");
  expect(quoted).toHaveTextContent("we just sat there and it was fine");
  expect(plain).not.toHaveAttribute("tabindex");
});

it("closes a quote on Escape until the line is left", () => {
  render(<ValuesCard title="Honest company" policies={policies} />);
  const line = screen.getAllByRole("listitem")[0] as HTMLElement;

  fireEvent.keyDown(line, { key: "Escape" });
  expect(line).toHaveClass("is-dismissed");
  fireEvent.blur(line);
  expect(line).not.toHaveClass("is-dismissed");
});
