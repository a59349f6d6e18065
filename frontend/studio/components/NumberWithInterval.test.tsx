import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderStudio } from "@/testing/render";
import { NumberWithInterval } from "./NumberWithInterval";

it("reads as one sentence of numbers", async () => {
  const { container } = await renderStudio(<NumberWithInterval value={0.2912} low={0.2604} high={0.3196} n={1172} locale="en" />);

  expect(container.querySelector(".number")).toHaveTextContent("0.29 [0.26, 0.32], n = 1,172");
});

it("says what it is where no label stands beside it, and leads to its rows", async () => {
  await renderStudio(<NumberWithInterval value={0.5} n={8} locale="en" label="Coverage" rows="/studies/tea/discretion?kind=person" />);

  const link = screen.getByRole("link");
  expect(link).toHaveTextContent("Coverage: 0.50, n = 8");
  expect(link).toHaveAttribute("href", "/studies/tea/discretion?kind=person");
});

it("shows a dash where there is nothing to show", async () => {
  const { container } = await renderStudio(<NumberWithInterval value={null} n={0} locale="en" />);

  expect(container.querySelector(".number")).toHaveTextContent("–, n = 0");
});
