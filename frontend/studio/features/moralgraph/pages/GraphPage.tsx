/** The first screen of the Moral graph workspace. */
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";

/** Draws it. */
export function GraphPage() {
  return <Page title="Moral graph"><PageSkeleton /></Page>;
}
