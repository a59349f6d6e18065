/** Whether somebody objects to a merge, with the way there; it moves as they do. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStream } from "@/studio/lib/stream";
import { objectionsQuery } from "../api/objections";

/** Draws nothing where nobody ever objected. */
export function RoomObjections({ slug }: { slug: string }) {
  const queries = useQueryClient();
  const query = objectionsQuery(slug);
  const { data } = useQuery(query);
  useStream(`study/${slug}/graph`, data?.seq, () => { void queries.invalidateQueries({ queryKey: query.queryKey }); });
  if (!data || data.objections.length === 0) return null;
  const all = data.objections.length;
  return (
    <p role="status">
      <StudioLink to={`/studies/${slug}/objections`}>{all === 1 ? "1 objection to a merge" : `${count(all)} objections to merges`}</StudioLink>
      {data.open === 0 ? ", all answered." : `, ${count(data.open)} open.`}
    </p>
  );
}
