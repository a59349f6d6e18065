/** How full the study is, by its quotas. */
import { useQuery } from "@tanstack/react-query";
import { count } from "@/lib/numbers";
import { placesQuery } from "../api/places";
import { protocolQuery } from "../api/protocol";
import type { Protocol, Texts } from "../api/types";

function anyText(texts: Texts | undefined): string | undefined {
  return texts?.en ?? texts?.es ?? texts?.ar;
}

function optionWord(protocol: Protocol | undefined, item: string, option: string): string {
  const found = protocol?.about.find(({ key }) => key === item);
  return `${anyText(found?.label) ?? item}: ${anyText(found?.options.find(({ key }) => key === option)?.label) ?? option}`;
}

/** Draws nothing where the study takes as many as come. */
export function RoomPlaces({ slug }: { slug: string }) {
  const { data } = useQuery(placesQuery(slug));
  const { data: view } = useQuery(protocolQuery(slug));
  if (!data || (data.at_most === null && data.quotas.length === 0)) return null;
  const rows = [
    ...(data.at_most === null ? [] : [{ name: "All places", taken: data.taken, most: data.at_most }]),
    ...data.quotas.map(({ item, option, taken, at_most: most }) => ({ name: optionWord(view?.draft, item, option), taken, most })),
  ];
  return (
    <section className="sheet" aria-labelledby="places-title">
      <h2 id="places-title">Places</h2>
      <table className="bars">
        <thead><tr><th scope="col">Who</th><th scope="col">Taken</th></tr></thead>
        <tbody>
          {rows.map(({ name, taken, most }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td><span className="bar" style={{ inlineSize: `${Math.min(taken / Math.max(most, 1), 1) * 100}%` }} aria-hidden="true" /><span className="bar-count">{count(taken)} of {count(most)}{taken >= most && ", full"}</span></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
