/** What the model answers to the same prompts, checkpoint by checkpoint, beside what its base answered. */
import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { countFrom, useAddress } from "@/studio/lib/address";
import { useStudy } from "@/studio/shell/routes";
import { runSamplesQuery } from "../api/runs";
import type { RunSamples as Sampled } from "../api/types";
import { differenceOf } from "../hooks/difference";

interface StepperProps {
  steps: readonly number[];
  at: number;
  go: (step: number | undefined) => void;
}

function Stepper({ steps, at, go }: StepperProps) {
  const place = steps.indexOf(at);
  return (
    <div className="run-tools" role="group" aria-label="Checkpoint">
      <Button variant="default" size="xs" disabled={place <= 0} onClick={() => { go(steps[place - 1]); }}>Earlier</Button>
      <NativeSelect aria-label="Step of the checkpoint" size="xs" value={String(at)} data={steps.map((step) => ({ value: String(step), label: `Step ${step}` }))} onChange={(event) => { go(Number(event.currentTarget.value)); }} />
      <Button variant="default" size="xs" disabled={place >= steps.length - 1} onClick={() => { go(steps[place + 1]); }}>Later</Button>
    </div>
  );
}

function Words({ text, base }: { text: string; base: string | undefined }) {
  if (base === undefined) return <>{text}</>;
  return <>{differenceOf(base, text).map((stretch, place) => (stretch.fresh ? <mark key={place} className="sample-new">{stretch.text}</mark> : <span key={place}>{stretch.text}</span>))}</>;
}

function Answer({ title, text, base }: { title: string; text: string | undefined; base?: string }) {
  const same = text !== undefined && text === base;
  return (
    <div>
      <h4>{title}{same && <> <span className="badge">Same as the base</span></>}</h4>
      <p className="words sample-text">{text === undefined ? "–" : text.trim() === "" ? "An empty answer." : <Words text={text} base={base} />}</p>
    </div>
  );
}

/** The answers of one step beside the base's. */
export function SideBySide({ base, now }: { base: Sampled | undefined; now: Sampled }) {
  const first = new Map(base?.rows.map(({ prompt, response }) => [prompt, response]));
  return now.rows.map(({ prompt, response }) => (
    <article key={prompt} className="sheet">
      <h3 className="words">{prompt}</h3>
      <div className="columns">
        <Answer title="Base model" text={first.get(prompt)} />
        <Answer title={`Step ${now.step}`} text={response} base={first.get(prompt)} />
      </div>
    </article>
  ));
}

/** Draws the answers of the checkpoint that the address names, or of the newest. */
export function RunSamples({ id, ended = false }: { id: string; ended?: boolean }) {
  const [search, change] = useAddress();
  const { data, error } = useQuery(runSamplesQuery(useStudy().slug, id));
  // Answers that were read once stay, though a later reading fails.
  if (data === undefined) return error ? <ErrorState error={error} /> : <TableSkeleton count={4} />;
  const checkpoints = data.filter(({ step }) => step > 0);
  const asked = countFrom(search, "sample", { least: 1, most: Number.MAX_SAFE_INTEGER });
  const now = checkpoints.find(({ step }) => step === asked) ?? checkpoints.at(-1);
  if (!now) {
    return <EmptyState title={ended ? "No answers" : "No answers yet"}><p>A model that writes answers the same prompts at each checkpoint, and they stand here beside its base’s. Reward models write nothing.</p></EmptyState>;
  }
  return (
    <section className="samples" aria-label="Answers to the same prompts">
      <h2 className="visually-hidden">Answers to the same prompts</h2>
      <p className="note">The likeliest answer, token by token, cut where it is long: what changes is the model alone. Words that the base did not say there are underlined.</p>
      <Stepper steps={checkpoints.map(({ step }) => step)} at={now.step} go={(step) => { change({ sample: step }); }} />
      <SideBySide base={data.find(({ step }) => step === 0)} now={now} />
    </section>
  );
}
