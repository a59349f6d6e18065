/** The Moral graph workspace. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";

const graphRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "graph",
  component: lazyRouteComponent(() => import("./pages/GraphPage"), "GraphPage"),
});

const objectionsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "objections",
  component: lazyRouteComponent(() => import("./pages/ObjectionsPage"), "ObjectionsPage"),
});

/** What hangs on a study. */
export const moralgraphRoutes = [graphRoute, objectionsRoute] as const;
