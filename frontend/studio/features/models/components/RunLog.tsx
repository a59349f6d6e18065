/** What the trainer printed, kept after the run: its end, a search in all of it, and the whole as a file. */
import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { count } from "@/lib/numbers";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { textFrom, useAddress } from "@/studio/lib/address";
import { studyPath, useStudy } from "@/studio/shell/routes";
import { logSearchQuery, runLogQuery } from "../api/runs";
import { lineOf } from "../hooks/alerts";

const TYPING_MS = 300;

/** The log with the last line that holds some words marked and in sight. */
function Marked({ text, near }: { text: string; near: string }) {
  const line = useRef<HTMLElement>(null);
  const found = lineOf(text, near);
  const isThere = found !== null;
  useEffect(() => { if (isThere) line.current?.scrollIntoView({ block: "center" }); }, [near, isThere]);
  if (found === null) return text;
  return <>{text.slice(0, found.from)}<mark ref={line}>{text.slice(found.from, found.to)}</mark>{text.slice(found.to)}</>;
}

function Tail({ slug, id, near }: { slug: string; id: string; near: string }) {
  const { data, error, isPending } = useQuery(runLogQuery(slug, id));
  if (isPending) return <TableSkeleton count={4} />;
  if (error) return <ErrorState error={error} />;
  return <pre className="run-log" tabIndex={0} aria-label="Log of the trainer">{data.text === "" ? "The trainer has printed nothing yet." : <Marked text={data.text} near={near} />}</pre>;
}

function Hits({ slug, id, words }: { slug: string; id: string; words: string }) {
  const { data, error, isPending } = useQuery(logSearchQuery(slug, id, words));
  if (isPending) return <TableSkeleton count={4} />;
  if (error) return <ErrorState error={error} />;
  const shown = data.lines.length < data.count ? `, the last ${count(data.lines.length)} shown` : "";
  return (
    <>
      <p role="status">{count(data.count)} of {count(data.of)} lines hold “{words}”{shown}.</p>
      {data.lines.length > 0 && <pre className="run-log" tabIndex={0} aria-label="Lines found">{data.lines.map(({ number, text }) => `${number}: ${text}`).join("\n")}</pre>}
    </>
  );
}

/** Draws the log. */
export function RunLog({ id }: { id: string }) {
  const { slug } = useStudy();
  const [search, change] = useAddress();
  const words = textFrom(search, "find") ?? "";
  const [settled] = useDebouncedValue(words.trim(), TYPING_MS);
  return (
    <section className="part" aria-label="Log">
      <div className="run-tools">
        <TextInput label="Search the log" size="xs" value={words} onChange={(event) => { change({ find: event.currentTarget.value }); }} />
        <Button component="a" variant="default" size="xs" href={studyPath(slug, `runs/${id}/log/file/`)} download>Download the whole log</Button>
      </div>
      {settled === "" ? <Tail slug={slug} id={id} near={textFrom(search, "near") ?? ""} /> : <Hits slug={slug} id={id} words={settled} />}
    </section>
  );
}
