/** Which runs a run is compared with: chosen from the study's, told apart by dashes, kept in the address. */
import { CloseButton, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { runsQuery } from "../api/runs";
import type { Run } from "../api/types";
import { DASHES, MOST_OTHERS } from "../hooks/chart";

function Sample({ place }: { place: number }) {
  return (
    <svg className={`chart-run is-run-${place}`} width="36" height="10" aria-hidden="true">
      <path className="chart-line" strokeDasharray={DASHES[place]} d="M0 5H36" />
    </svg>
  );
}

/** Draws the choice, and the legend once there is something to tell apart. */
export function RunComparison({ run, others }: { run: Run; others: readonly Run[] }) {
  const { slug } = useStudy();
  const [, change] = useAddress();
  const { data: runs } = useQuery(runsQuery(slug));
  const choose = (ids: readonly string[]): void => { change({ with: ids.join(",") }); };
  const chosen = others.map(({ id }) => id);
  const open = (runs ?? []).filter(({ id }) => id !== run.id && !chosen.includes(id));
  return (
    <>
      {open.length > 0 && others.length < MOST_OTHERS && (
        <NativeSelect
          label="Compare with"
          size="xs"
          value=""
          data={[{ value: "", label: "Choose a run" }, ...open.map(({ id, name, method }) => ({ value: id, label: `${name} (${method})` }))]}
          onChange={(event) => { choose([...chosen, event.currentTarget.value].filter(Boolean)); }}
        />
      )}
      {others.length > 0 && (
        <ul className="run-legend" aria-label="Lines of the charts">
          {[run, ...others].map(({ id, name }, place) => (
            <li key={id}>
              <Sample place={place} /> {name}{place === 0 && " (this run)"}
              {place > 0 && <CloseButton size="sm" aria-label={`Compare no longer with ${name}`} onClick={() => { choose(chosen.filter((one) => one !== id)); }} />}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
