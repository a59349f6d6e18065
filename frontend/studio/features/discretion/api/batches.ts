/** Batches, pairs with a known answer, and how people annotate. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import { studyPath } from "@/studio/shell/routes";
import type { Desk } from "./next";
import type { BatchInput, Batches, Probe, ProbeInput, Quality } from "./types";

const PARTS = ["batches", "probes", "quality"] as const;

/** The batches with their fill, and who could take part in one. */
export function batchesQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["batches", slug, audit],
    queryFn: ({ signal }) => request<Batches>(studyPath(slug, `audits/${audit}/batches/`), { signal }),
  });
}

/** Pairs with a known answer. */
export function probesQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["probes", slug, audit],
    queryFn: ({ signal }) => request<Probe[]>(studyPath(slug, `audits/${audit}/probes/`), { signal }),
  });
}

/** How everybody together and each person annotates. */
export function qualityQuery({ slug, audit }: Desk) {
  return queryOptions({
    queryKey: ["quality", slug, audit],
    queryFn: ({ signal }) => request<Quality[]>(studyPath(slug, `audits/${audit}/quality/`), { signal }),
  });
}

function useChange<Input>({ slug, audit }: Desk, send: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      for (const key of PARTS) await queries.invalidateQueries({ queryKey: [key, slug, audit] });
    },
  });
}

/** Begin a batch and deal it out. */
export function useBeginBatch(desk: Desk) {
  return useChange(desk, (body: BatchInput) => request(studyPath(desk.slug, `audits/${desk.audit}/batches/`), { body }));
}

/** End a batch. */
export function useCloseBatch(desk: Desk) {
  return useChange(desk, (batch: number) => request(studyPath(desk.slug, `audits/${desk.audit}/batches/${batch}/`), { method: "DELETE" }));
}

/** Give what somebody has not judged to the others. */
export function useHandOver(desk: Desk) {
  return useChange(desk, ({ batch, member }: { batch: number; member: number }) => request(studyPath(desk.slug, `audits/${desk.audit}/batches/${batch}/members/${member}/hand-over/`), { method: "POST", body: {} }));
}

/** Let somebody work who has not passed, and say why. */
export function useAdmit(desk: Desk) {
  return useChange(desk, ({ batch, member, because }: { batch: number; member: number; because: string }) => request(studyPath(desk.slug, `audits/${desk.audit}/batches/${batch}/members/${member}/admission/`), { body: { because } }));
}

/** Add a pair with a known answer. */
export function useAddProbe(desk: Desk) {
  return useChange(desk, (body: ProbeInput) => request(studyPath(desk.slug, `audits/${desk.audit}/probes/`), { body }));
}

/** Take a pair with a known answer out of future batches. */
export function useRetireProbe(desk: Desk) {
  return useChange(desk, (probe: string) => request(studyPath(desk.slug, `audits/${desk.audit}/probes/${probe}/`), { method: "DELETE" }));
}
