/** Everything the finder looks through: each feature's source, gathered. */
import { valuesSource } from "./features/moralgraph/finder";
import { runsSource } from "./features/models/finder";
import type { FinderSource } from "./lib/finding";

/** The sources, in the order of a value's journey. */
export const finderSources: readonly FinderSource[] = [valuesSource, runsSource];
