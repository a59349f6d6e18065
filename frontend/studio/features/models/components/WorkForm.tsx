/** Who does one kind of work, and how: the model, its settings, words of one's own, and why one may that is not promoted. */
import { Button, NativeSelect, NumberInput, Stack, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { notify } from "@/studio/lib/notices";
import { useInspector } from "@/studio/shell/inspector";
import { languageModelsQuery, useFillRole } from "../api/language-models";
import type { LanguageModel, ModelRole } from "../api/types";
import { WORK } from "../hooks/language-models";
import { Served } from "./Served";

const number = (value: number | string): number | null => (value === "" ? null : Number(value));

/** The models that can do a piece of work: people wait for an interviewer, so that one needs a server. */
export function fitFor(role: ModelRole["role"], models: readonly LanguageModel[]): LanguageModel[] {
  return models.filter(({ state, source }) => state === "usable" && (source === "endpoint" || role !== "interview"));
}

/** Draws the form. */
export function WorkForm({ slug, row }: { slug: string; row: ModelRole }) {
  const { close } = useInspector();
  const { data: models = [] } = useQuery(languageModelsQuery(slug));
  const fill = useFillRole(slug);
  const [chosen, setChosen] = useState(row.language_model ?? "");
  const [temperature, setTemperature] = useState(row.said_by === "study" ? row.temperature : null);
  const [mostTokens, setMostTokens] = useState(row.said_by === "study" ? row.max_tokens : null);
  const [words, setWords] = useState(row.said_by === "study" ? row.words : "");
  const [reason, setReason] = useState(row.not_promoted);
  const served = models.find(({ id }) => id === chosen)?.served ?? null;
  const needsReason = served !== null && served.decision !== "promoted";
  const save = (event: SyntheticEvent): void => {
    event.preventDefault();
    const body = { role: row.role, language_model: chosen === "" ? null : chosen, temperature, max_tokens: mostTokens, words, reason: needsReason ? reason : "" };
    fill.mutate(body, { onSuccess: () => { notify(`${WORK[row.role].name}: saved.`); close(); } });
  };
  return (
    <form onSubmit={save} aria-label={WORK[row.role].name}>
      <Stack gap="sm">
        <p className="note">{WORK[row.role].hint}</p>
        <NativeSelect label="Language model" data={[{ value: "", label: "As the installation says" }, ...fitFor(row.role, models).map(({ id, name }) => ({ value: id, label: name }))]} value={chosen} onChange={(event) => { setChosen(event.currentTarget.value); }} />
        {served && <Served checkpoint={served} />}
        {needsReason && <Textarea label="Why it works though it is not promoted" description="Kept in the audit log, and shown wherever it works" required maxLength={1000} autosize minRows={2} value={reason} onChange={(event) => { setReason(event.currentTarget.value); }} />}
        {chosen !== "" && (
          <>
            <NumberInput label="Temperature" description="0 always says the likeliest; empty: as the work has it" min={0} max={2} step={0.1} decimalScale={2} value={temperature ?? ""} onChange={(value) => { setTemperature(number(value)); }} />
            <NumberInput label="Tokens an answer has at most" description="Empty: as the work has it" min={1} max={32768} value={mostTokens ?? ""} onChange={(value) => { setMostTokens(number(value)); }} />
            <Textarea label="Words of your own" description="Told to the model beside the work’s instructions, and kept with every answer" maxLength={4000} autosize minRows={3} value={words} onChange={(event) => { setWords(event.currentTarget.value); }} />
          </>
        )}
        {fill.error && <ErrorState error={fill.error} />}
        <Button type="submit" loading={fill.isPending} disabled={needsReason && reason.trim() === ""}>Save</Button>
      </Stack>
    </form>
  );
}
