/** The first screen of the Models workspace. */
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";

/** Draws it. */
export function ModelsPage() {
  return <Page title="Models"><PageSkeleton /></Page>;
}
