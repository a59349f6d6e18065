/** The Models workspace: lists, a data set, a new run, a run, a checkpoint. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";

const modelsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models",
  component: lazyRouteComponent(() => import("./pages/ModelsPage"), "ModelsPage"),
});

const dataSetRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/data-sets/$dataSetId",
  component: lazyRouteComponent(() => import("./pages/DataSetPage"), "DataSetPage"),
});

const newRunRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/runs/new",
  component: lazyRouteComponent(() => import("./pages/NewRunPage"), "NewRunPage"),
});

const runRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/runs/$runId",
  component: lazyRouteComponent(() => import("./pages/RunPage"), "RunPage"),
});

const checkpointRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/checkpoints/$checkpointId",
  component: lazyRouteComponent(() => import("./pages/CheckpointPage"), "CheckpointPage"),
});

const languageModelsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/language-models",
  component: lazyRouteComponent(() => import("./pages/LanguageModelsPage"), "LanguageModelsPage"),
});

/** What hangs on a study. */
export const modelsRoutes = [modelsRoute, dataSetRoute, newRunRoute, runRoute, checkpointRoute, languageModelsRoute] as const;
