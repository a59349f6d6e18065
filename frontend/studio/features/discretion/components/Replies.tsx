/** What a model answered, word for word, and how that was read. */
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/studio/components/ErrorState";
import { TableSkeleton } from "@/studio/components/Skeletons";
import { ANSWERS } from "@/studio/lib/answers";
import { repliesQuery } from "../api/annotators";

const READ_AS = [
  { value: "", label: "All answers" }, { value: "unparsable", label: "Could not be read" }, { value: "skip", label: "Passed over" },
  { value: "a", label: "A" }, { value: "b", label: "B" }, { value: "tie", label: "A tie" }, { value: "not_applicable", label: "Does not apply" },
];
const ORDERS: Readonly<Record<string, string>> = { ab: "A stood first", ba: "B stood first" };

/** Draws the newest fifty. */
export function Replies({ slug, audit, annotator, first }: { slug: string; audit: string; annotator: number; first: string }) {
  const [answer, setAnswer] = useState(first);
  const { data, isPending, error, refetch } = useQuery(repliesQuery(slug, audit, annotator, answer));
  return (
    <div className="replies">
      <NativeSelect label="Read as" data={READ_AS} value={answer} onChange={(event) => { setAnswer(event.currentTarget.value); }} />
      {isPending && <TableSkeleton count={4} />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data?.length === 0 && <p className="note">No answer was read so.</p>}
      {data && data.length > 0 && (
        <>
          <p className="note">The newest {data.length}, as they came.</p>
          <ol className="reply-list">
            {data.map(({ id, external_id: name, principle, order, answer: read, text, replaced }) => (
              <li key={id}>
                <p><strong>{name}</strong>{principle !== null && `, by “${principle}”`}{order !== null && `, ${ORDERS[order] ?? order}`}: {read === "" ? "scored" : ANSWERS[read]}{replaced && ", asked once more since"}</p>
                {text !== "" && <blockquote className="words">{text}</blockquote>}
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
