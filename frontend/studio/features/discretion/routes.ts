/** The Discretion workspace. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";

const discretionRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion",
  component: lazyRouteComponent(() => import("./pages/AuditsPage"), "AuditsPage"),
});

/** What hangs on a study. */
export const discretionRoutes = [discretionRoute] as const;
