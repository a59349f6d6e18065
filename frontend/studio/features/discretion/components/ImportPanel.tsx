/** Imports of an audit: the list and the form. */
import { useQueryClient } from "@tanstack/react-query";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Audit } from "../api/types";
import { ImportForm } from "./ImportForm";
import { ImportList } from "./ImportList";

/** Draws both; the form only for those who may write. */
export function ImportPanel({ audit }: { audit: Audit }) {
  const { slug, role } = useStudy();
  const queries = useQueryClient();
  const refresh = (): void => {
    void queries.invalidateQueries({ queryKey: ["audit", slug, String(audit.id)] });
    void queries.invalidateQueries({ queryKey: ["measures", slug, String(audit.id)] });
  };
  return (
    <section className="sheet" aria-label="Imports">
      <h2>Imports</h2>
      <ImportList imports={audit.imports} />
      {may(role, "write") && <ImportForm audit={String(audit.id)} onRead={refresh} />}
    </section>
  );
}
