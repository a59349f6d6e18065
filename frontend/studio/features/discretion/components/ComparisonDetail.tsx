/** One comparison opened: both responses in full, and what everybody said of it. */
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { comparisonQuery } from "../api/comparisons";
import type { ComparisonRow, Verdict } from "../api/types";

const WORDS: Readonly<Record<Verdict["answer"], string>> = {
  a: "A", b: "B", tie: "a tie", both_bad: "both bad", skip: "skipped", not_applicable: "does not apply", unparsable: "could not be read",
};

function note({ confidence, swapped, answer, reason }: Verdict): string {
  const parts = [
    ...(confidence === null ? [] : [`${Math.round(confidence * 100)} % sure`]),
    ...(swapped === undefined || swapped === "" || swapped === answer ? [] : [`${WORDS[swapped]} in the other order`]),
    ...(reason === undefined || reason === "" ? [] : [reason]),
  ];
  return parts.join("; ");
}

function Verdicts({ slug, audit, comparison }: { slug: string; audit: string; comparison: string }) {
  const { data, isPending, error, refetch } = useQuery(comparisonQuery(slug, audit, comparison));
  if (isPending) return <TableSkeleton />;
  if (error) return <ErrorState error={error} retry={() => { void refetch(); }} />;
  if (data.verdicts.length === 0) return <p>Nobody has said anything of this pair yet.</p>;
  return (
    <table className="data-table">
      <caption className="visually-hidden">What everybody said</caption>
      <thead><tr><th scope="col">By</th><th scope="col">Principle</th><th scope="col">Said</th></tr></thead>
      <tbody>
        {data.verdicts.map((verdict, index) => (
          <tr key={index}>
            <th scope="row">{verdict.annotator}</th>
            <td>{verdict.principle ?? "overall"}</td>
            <td>{WORDS[verdict.answer]}{note(verdict) !== "" && <span className="floor">{note(verdict)}</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Draws the prompt, the responses and the verdicts. */
export function ComparisonDetail({ slug, audit, comparison }: { slug: string; audit: string; comparison: ComparisonRow }) {
  return (
    <div className="comparison-detail">
      <h3>Prompt</h3>
      <p className="words">{comparison.prompt}</p>
      <h3>Response A</h3>
      <p className="words">{comparison.response_a}</p>
      <h3>Response B</h3>
      <p className="words">{comparison.response_b}</p>
      <h3>Verdicts</h3>
      <Verdicts slug={slug} audit={audit} comparison={comparison.id} />
    </div>
  );
}
