/** What was made of a person's answers. */
import { useQuery } from "@tanstack/react-query";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";
import { dataSetsOfQuery } from "../api/data-sets";

/** Draws the data sets that lean on a participant, or nothing where there are none. */
export function UsedIn({ participant }: { participant: string }) {
  const { slug } = useStudy();
  const { data = [] } = useQuery(dataSetsOfQuery(slug, participant));
  if (data.length === 0) return null;
  return (
    <section aria-label="Used to train">
      <h2>Used to train</h2>
      <p className="note">Each says how it was made, which runs were trained on it, and whether somebody behind it has withdrawn.</p>
      <ul>{data.map(({ id, name }) => <li key={id}><StudioLink to={`/studies/${slug}/models/data-sets/${id}`}>{name}</StudioLink></li>)}</ul>
    </section>
  );
}
