/** The server's words: types generated from its description, by the name they have there. */
import type { components } from "@/src/api/generated/schema";

/** What the server calls `Name`. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];
