/** The chosen value: kept in the address, opened in the inspector. */
import { useEffect, useEffectEvent } from "react";
import { textFrom, useAddress } from "@/studio/lib/address";
import { useInspector } from "@/studio/shell/inspector";
import { ValueInspector } from "../components/ValueInspector";
import type { GraphChoice } from "../api/graph";

/** The chosen value's id, and how to choose another. */
export function useSelection(choice: GraphChoice): [number | undefined, (id: number) => void] {
  const [search, change] = useAddress();
  const { open } = useInspector();
  const chosen = textFrom(search, "value");
  const selected = chosen === undefined ? undefined : Number(chosen);

  const show = (id: number): void => {
    open({ title: "Value", content: <ValueInspector choice={choice} id={id} onSelect={select} /> });
  };
  function select(id: number): void {
    change({ value: id });
    show(id);
  }
  const showChosen = useEffectEvent(() => { if (selected !== undefined) show(selected); });
  // A shared link, or another context: what is open must be what the address says.
  useEffect(() => { showChosen(); }, [choice.context, choice.rule]);

  return [selected, select];
}
