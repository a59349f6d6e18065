/** Whether a comparison is a pair with a known answer, and the form that makes it one. */
import { useQuery } from "@tanstack/react-query";
import { ANSWERS } from "@/studio/lib/answers";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { probesQuery } from "../api/batches";
import type { Desk } from "../api/next";
import type { ComparisonRow } from "../api/types";
import { PROBE_KINDS } from "../hooks/words";
import { ProbeForm } from "./ProbeForm";

/** Draws it for those who may write. */
export function KnownAnswer({ desk, comparison: { id, external_id: name } }: { desk: Desk; comparison: Pick<ComparisonRow, "id" | "external_id"> }) {
  const { role } = useStudy();
  const { data: probes } = useQuery({ ...probesQuery(desk), enabled: may(role, "write") });
  if (!probes) return null;
  const probe = probes.find(({ from_comparison: from }) => from === name);
  if (probe) return <p><span className="badge">{PROBE_KINDS[probe.kind]}</span> Its known answer is {ANSWERS[probe.expected as keyof typeof ANSWERS]}. It is judged as such alone from then on; verdicts that it had before stay.</p>;
  return (
    <details className="known-answer">
      <summary>Use as a pair with a known answer</summary>
      <p className="note">Its words are copied. The comparison itself is dealt to nobody any more; verdicts that it has stay.</p>
      <ProbeForm desk={desk} comparison={id} />
    </details>
  );
}
