/** The first screen of the Discretion workspace. */
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";

/** Draws it. */
export function AuditsPage() {
  return <Page title="Discretion"><PageSkeleton /></Page>;
}
