/** How a run differs from its preset, and from the run that it goes back to. */
import { useQuery } from "@tanstack/react-query";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { recipesQuery } from "../api/recipes";
import { runQuery } from "../api/runs";
import type { Run } from "../api/types";
import { changedText, differencesOf, labelsOf } from "../hooks/settings";

function Beside({ run, origin }: { run: Run; origin: string }) {
  const { slug } = useStudy();
  const { data } = useQuery(runQuery(slug, origin));
  const { data: recipes } = useQuery(recipesQuery(slug));
  if (!data) return null;
  const differences = differencesOf([data, run], labelsOf(recipes ?? []));
  const told = differences.map(({ label, values }) => `${label} ${values[1]} instead of ${values[0]}`).join(", ");
  return <p>Cloned from <StudioLink to={`/studies/${slug}/models/runs/${origin}`}>{data.name}</StudioLink>: {told === "" ? "the same configuration" : told}.</p>;
}

/** Draws nothing for a run that is as its preset has it and goes back to none. */
export function RunOrigin({ run }: { run: Run }) {
  if (run.changed.length === 0 && run.cloned_from === null) return null;
  return (
    <div className="badge-line" role="group" aria-label="How it was set">
      {run.changed.length > 0 && <p>Not as the preset has it: {changedText(run.changed)}.</p>}
      {run.cloned_from !== null && <Beside run={run} origin={run.cloned_from} />}
    </div>
  );
}
