/** The studies workspace: the list, and one study. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute, studyRoute } from "@/studio/shell/routes";

/** All studies of the person. */
export const studiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/StudiesPage"), "StudiesPage"),
});

/** One study. */
const overviewRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/StudyPage"), "StudyPage"),
});

/** What hangs on a study. */
export const elicitationRoutes = [overviewRoute] as const;
