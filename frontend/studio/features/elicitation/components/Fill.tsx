/** How many of a quota's places are taken. */
import { useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { placesQuery } from "../api/places";

/** Says it in words, beside the number that is allowed. */
export function Fill({ slug, item, option }: { slug: string; item: string; option: string }) {
  const { data } = useQuery(placesQuery(slug));
  const quota = data?.quotas.find((found) => found.item === item && found.option === option);
  return <>{quota ? `${count(quota.taken)} of ${count(quota.at_most)} taken` : "Empty: as many as come"}</>;
}
