/** The reader's controls over the measures, kept in the address. */
import { countFrom, namesFrom, textFrom, useAddress } from "@/studio/lib/address";
import type { Controls } from "../api/measures";

/** A change to the controls. */
export type ControlsChange = Partial<{ annotators: readonly string[]; principles: readonly string[]; reference: string; minActive: number }>;

/** The controls and how to change them. */
export function useControls(): [Controls, (change: ControlsChange) => void] {
  const [search, changeAddress] = useAddress();
  const controls = {
    annotators: namesFrom(search, "annotators"),
    principles: namesFrom(search, "principles"),
    reference: textFrom(search, "reference"),
    minActive: countFrom(search, "min_active", { least: 1, most: 20 }) ?? 1,
  };
  const change = ({ annotators, principles, reference, minActive }: ControlsChange): void => {
    changeAddress({
      ...(annotators && { annotators: annotators.join(",") }),
      ...(principles && { principles: principles.join(",") }),
      ...(reference !== undefined && { reference }),
      ...(minActive !== undefined && { min_active: minActive > 1 ? minActive : undefined }),
    });
  };
  return [controls, change];
}
