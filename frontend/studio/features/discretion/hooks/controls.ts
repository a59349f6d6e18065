/** The reader's controls over the measures, kept in the address. */
import { countFrom, namesFrom, type Search, textFrom, useAddress } from "@/studio/lib/address";
import type { Controls } from "../api/measures";

/** A change to the controls. */
export type ControlsChange = Partial<Controls>;

/** The controls that an address holds; what is not sound in it is left out. */
export function controlsFrom(search: Search): Controls {
  const confidence = Number(search.confidence ?? 0);
  return {
    annotators: namesFrom(search, "annotators"),
    principles: namesFrom(search, "principles"),
    reference: textFrom(search, "reference"),
    minActive: countFrom(search, "min_active", { least: 1, most: 20 }) ?? 1,
    confidence: confidence > 0 && confidence <= 1 ? confidence : 0,
    bothOrders: String(search.both_orders) === "true",
    group: textFrom(search, "group"),
    matrix: textFrom(search, "matrix"),
    voters: textFrom(search, "voters"),
    weights: String(search.weights) === "true",
  };
}

/** The controls and how to change them. */
export function useControls(): [Controls, (change: ControlsChange) => void] {
  const [search, changeAddress] = useAddress();
  const change = ({ annotators, principles, reference, minActive, confidence, bothOrders, group, matrix, voters, weights }: ControlsChange): void => {
    changeAddress({
      ...(annotators && { annotators: annotators.join(",") }),
      ...(principles && { principles: principles.join(",") }),
      ...(reference !== undefined && { reference }),
      ...(minActive !== undefined && { min_active: minActive > 1 ? minActive : undefined }),
      ...(confidence !== undefined && { confidence: confidence > 0 ? confidence : undefined }),
      ...(bothOrders !== undefined && { both_orders: bothOrders ? "true" : undefined }),
      ...(group !== undefined && { group }),
      ...(matrix !== undefined && { matrix }),
      ...(voters !== undefined && { voters }),
      ...(weights !== undefined && { weights: weights ? "true" : undefined }),
    });
  };
  return [controlsFrom(search), change];
}
