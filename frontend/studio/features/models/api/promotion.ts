/** Promoting checkpoints: the rule that was set beforehand, and what was decided. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/lib/request";
import type { Schema } from "@/studio/lib/schema";
import { studyPath } from "@/studio/shell/routes";

export type Rule = Schema<"PromotionRuleOutput">;
export type Conditions = Schema<"ConditionsInputRequest">;
export type Standing = Schema<"CheckpointStandingOutput">;
export type Decision = Schema<"PromotionInputRequest">;

/** What the study asks of a checkpoint. */
export function ruleQuery(slug: string) {
  return queryOptions({
    queryKey: ["promotion-rule", slug],
    queryFn: ({ signal }) => request<Rule>(studyPath(slug, "promotion-rule/"), { signal }),
  });
}

/** How a checkpoint stands to the rule, and what was decided about it. */
export function standingQuery(slug: string, checkpoint: string) {
  return queryOptions({
    queryKey: ["standing", slug, checkpoint],
    queryFn: ({ signal }) => request<Standing>(studyPath(slug, `checkpoints/${checkpoint}/decisions/`), { signal }),
  });
}

/** Set the rule. */
export function useSetRule(slug: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (conditions: Conditions) => request<Rule>(studyPath(slug, "promotion-rule/"), { method: "PUT", body: conditions }),
    onSuccess: (rule) => {
      client.setQueryData(["promotion-rule", slug], rule);
      void client.invalidateQueries({ queryKey: ["standing", slug] });
    },
  });
}

/** Promote or reject a checkpoint. */
export function useDecide(slug: string, checkpoint: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => request<Standing>(studyPath(slug, `checkpoints/${checkpoint}/decisions/`), { body: decision }),
    onSuccess: (standing) => {
      client.setQueryData(["standing", slug, checkpoint], standing);
      void client.invalidateQueries({ queryKey: ["serving", slug, checkpoint] });
    },
  });
}
