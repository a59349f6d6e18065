/** The Moral graph workspace. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";

const graphRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "graph",
  component: lazyRouteComponent(() => import("./pages/GraphPage"), "GraphPage"),
});

/** What hangs on a study. */
export const moralgraphRoutes = [graphRoute] as const;
