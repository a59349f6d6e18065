/** The Moral graph workspace. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";
import { graphQuery } from "./api/graph";
import { choiceOf } from "./hooks/asking";

const graphRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "graph",
  // The graph is asked for while the screen's own code is still on its way.
  loaderDeps: ({ search }) => ({ choice: choiceOf(search) }),
  loader: ({ context, params, deps }) => {
    void context.queries.prefetchQuery(graphQuery(params.slug, deps.choice));
    // What draws the picture is large, and is needed as soon as the numbers are here.
    void import("./components/GraphPicture");
  },
  component: lazyRouteComponent(() => import("./pages/GraphPage"), "GraphPage"),
});

const compareRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "graph/compare",
  component: lazyRouteComponent(() => import("./pages/ComparePage"), "ComparePage"),
});

const snapshotRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "graph/snapshots/$snapshotId",
  component: lazyRouteComponent(() => import("./pages/SnapshotPage"), "SnapshotPage"),
});

const firmnessRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "graph/firmness",
  component: lazyRouteComponent(() => import("./pages/FirmnessPage"), "FirmnessPage"),
});

const objectionsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "objections",
  component: lazyRouteComponent(() => import("./pages/ObjectionsPage"), "ObjectionsPage"),
});

const mergesRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "merges",
  component: lazyRouteComponent(() => import("./pages/MergesPage"), "MergesPage"),
});

const contextsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "contexts",
  component: lazyRouteComponent(() => import("./pages/ContextsPage"), "ContextsPage"),
});

const transitionsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "transitions",
  component: lazyRouteComponent(() => import("./pages/TransitionsPage"), "TransitionsPage"),
});

/** What hangs on a study. */
export const moralgraphRoutes = [graphRoute, compareRoute, snapshotRoute, firmnessRoute, objectionsRoute, mergesRoute, contextsRoute, transitionsRoute] as const;
