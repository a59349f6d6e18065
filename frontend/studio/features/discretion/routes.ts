/** The Discretion workspace: audits, one audit, its comparisons, and the annotator's desk. */
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { studyRoute } from "@/studio/shell/routes";

const auditsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion",
  component: lazyRouteComponent(() => import("./pages/AuditsPage"), "AuditsPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId",
  component: lazyRouteComponent(() => import("./pages/AuditPage"), "AuditPage"),
});

const comparisonsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/comparisons",
  component: lazyRouteComponent(() => import("./pages/ComparisonsPage"), "ComparisonsPage"),
});

const annotateRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/annotate",
  component: lazyRouteComponent(() => import("./pages/AnnotatePage"), "AnnotatePage"),
});

const mineRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/mine",
  component: lazyRouteComponent(() => import("./pages/MinePage"), "MinePage"),
});

const ownVerdictRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/mine/$comparisonId",
  component: lazyRouteComponent(() => import("./pages/OwnVerdictPage"), "OwnVerdictPage"),
});

const annotationRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/annotation",
  component: lazyRouteComponent(() => import("./pages/AnnotationPage"), "AnnotationPage"),
});

const disputesRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/disputes",
  component: lazyRouteComponent(() => import("./pages/DisputesPage"), "DisputesPage"),
});

const annotatorsRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "discretion/$auditId/annotators",
  component: lazyRouteComponent(() => import("./pages/AnnotatorsPage"), "AnnotatorsPage"),
});

/** What hangs on a study. */
export const discretionRoutes = [
  auditsRoute, auditRoute, comparisonsRoute, annotateRoute, mineRoute, ownVerdictRoute, annotationRoute, disputesRoute, annotatorsRoute,
] as const;
