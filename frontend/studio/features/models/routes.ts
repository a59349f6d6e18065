/** The Models workspace: lists, a data set, a new run, a run, a checkpoint, a counterfactual. */
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

const newCounterfactualRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/counterfactuals/new",
  component: lazyRouteComponent(() => import("./pages/NewCounterfactualPage"), "NewCounterfactualPage"),
});

const counterfactualRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/counterfactuals/$counterfactualId",
  component: lazyRouteComponent(() => import("./pages/CounterfactualPage"), "CounterfactualPage"),
});

const languageModelsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "models/language-models",
  component: lazyRouteComponent(() => import("./pages/LanguageModelsPage"), "LanguageModelsPage"),
});

/** What hangs on a study. */
export const modelsRoutes = [modelsRoute, dataSetRoute, newRunRoute, runRoute, checkpointRoute, newCounterfactualRoute, counterfactualRoute, languageModelsRoute] as const;
