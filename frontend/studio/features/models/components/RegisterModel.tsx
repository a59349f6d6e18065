/** Register a language model: where it is, and what has to be known to ask it. */
import { Button, NativeSelect, NumberInput, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { choiceFrom, textFrom, useAddress } from "@/studio/lib/address";
import { notify } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { checkpointsQuery } from "../api/checkpoints";
import { useRegisterModel } from "../api/language-models";
import type { LanguageModelInput } from "../api/types";

const EMPTY: LanguageModelInput = { name: "", source: "endpoint", address: "", model: "", key: "", at_once: 4, checkpoint: null, price_prompt: null, price_completion: null };
const CHOICES = [
  { value: "endpoint", label: "A server (OpenAI-compatible: vLLM, transformers serve, a hosted one)" },
  { value: "folder", label: "A folder on this machine" },
  { value: "hub", label: "A hub, by name" },
  { value: "checkpoint", label: "A checkpoint trained here" },
];
const ADDRESSES = {
  endpoint: { label: "Address", placeholder: "http://localhost:8001/v1", description: "Of the API, with /v1 at its end where the server has it" },
  folder: { label: "Folder", placeholder: "/models/name", description: "With config.json, safetensors, tokenizer and chat template" },
  hub: { label: "Name at the hub", placeholder: "owner/model", description: "Brought to this machine first, where it may ask a hub" },
} as const;

function price(value: number | string): number | null {
  return value === "" ? null : Number(value);
}

/** Draws the form; the key is sent once and never shown again. */
export function RegisterModel() {
  const { slug } = useStudy();
  const [search] = useAddress();
  const asked = textFrom(search, "checkpoint") ?? null;
  const { data: checkpoints = [] } = useQuery(checkpointsQuery(slug));
  const [input, setInput] = useState<LanguageModelInput>({ ...EMPTY, checkpoint: asked, source: asked === null ? "endpoint" : choiceFrom(search, "source", ["checkpoint", "endpoint"]) });
  const register = useRegisterModel(slug);
  const set = (part: Partial<LanguageModelInput>): void => { setInput({ ...input, ...part }); };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    register.mutate(input, { onSuccess: ({ name }) => { setInput(EMPTY); notify(`“${name}” is registered and being checked.`); } });
  };
  const where = input.source === "checkpoint" ? undefined : ADDRESSES[input.source];
  return (
    <form className="sheet" aria-label="Register a language model" onSubmit={submit}>
      <h2>Register a language model</h2>
      <Stack gap="sm">
        <TextInput label="Name" description="As it is shown here" required maxLength={150} value={input.name} onChange={(event) => { set({ name: event.currentTarget.value }); }} />
        <NativeSelect label="Where it is" data={CHOICES} value={input.source} onChange={(event) => { set({ source: event.currentTarget.value as LanguageModelInput["source"] }); }} />
        {where && <TextInput {...where} required maxLength={500} value={input.address} onChange={(event) => { set({ address: event.currentTarget.value }); }} />}
        {(input.source === "checkpoint" || (input.source === "endpoint" && checkpoints.length > 0)) && (
          <NativeSelect
            label={input.source === "checkpoint" ? "Checkpoint" : "A checkpoint that this server runs"}
            description={input.source === "checkpoint" ? "A job loads it from its folder" : "Its standing is then shown wherever the server works"}
            data={[{ value: "", label: input.source === "checkpoint" ? "Choose one" : "None of this study" }, ...checkpoints.map(({ id, step, run_name: run }) => ({ value: id, label: `${run}, step ${step}` }))]}
            value={input.checkpoint ?? ""}
            onChange={(event) => { set({ checkpoint: event.currentTarget.value || null }); }}
          />
        )}
        {input.source === "endpoint" && (
          <>
            <TextInput label="Model" description="As the server knows it" required maxLength={300} value={input.model} onChange={(event) => { set({ model: event.currentTarget.value }); }} />
            <PasswordInput label="Key" description="Where the server wants one; never shown again" autoComplete="off" maxLength={500} value={input.key} onChange={(event) => { set({ key: event.currentTarget.value }); }} />
            <NumberInput label="Answers at once" min={1} max={256} value={input.at_once} onChange={(value) => { set({ at_once: Number(value) || 1 }); }} />
            <NumberInput label="Price of a million tokens read" description="Leave empty where it costs nothing" min={0} value={input.price_prompt ?? ""} onChange={(value) => { set({ price_prompt: price(value) }); }} />
            <NumberInput label="Price of a million tokens written" min={0} value={input.price_completion ?? ""} onChange={(value) => { set({ price_completion: price(value) }); }} />
          </>
        )}
        {register.error && <ErrorState error={register.error} />}
        <Button type="submit" loading={register.isPending}>Register and check</Button>
      </Stack>
    </form>
  );
}
