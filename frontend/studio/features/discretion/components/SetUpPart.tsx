/** What an audit is made of: imports, principles, and the data sets that are made from it. */
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Audit } from "../api/types";
import { BuildDataSet } from "./BuildDataSet";
import { ImportPanel } from "./ImportPanel";
import { PrinciplePanel } from "./PrinciplePanel";

/** Draws the three side by side where there is room. */
export function SetUpPart({ audit }: { audit: Audit }) {
  const { role } = useStudy();
  return (
    <div className="columns">
      <ImportPanel audit={audit} />
      <PrinciplePanel audit={audit} />
      {may(role, "write") && <BuildDataSet audit={audit} />}
    </div>
  );
}
