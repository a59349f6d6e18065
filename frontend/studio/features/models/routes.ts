/** The Models workspace. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";

const modelsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models",
  component: lazyRouteComponent(() => import("./pages/ModelsPage"), "ModelsPage"),
});

/** What hangs on a study. */
export const modelsRoutes = [modelsRoute] as const;
