/** The studies workspace: the list, one study, one interview, the audit log. */
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

const transcriptRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "participants/$participantId",
  component: lazyRouteComponent(() => import("./pages/TranscriptPage"), "TranscriptPage"),
});

const searchRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "transcripts",
  component: lazyRouteComponent(() => import("./pages/SearchPage"), "SearchPage"),
});

const codesRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "codes",
  component: lazyRouteComponent(() => import("./pages/CodesPage"), "CodesPage"),
});

const membersRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "members",
  component: lazyRouteComponent(() => import("./pages/MembersPage"), "MembersPage"),
});

const exportRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "export",
  component: lazyRouteComponent(() => import("./pages/ExportPage"), "ExportPage"),
});

const protocolRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "protocol",
  component: lazyRouteComponent(() => import("./pages/ProtocolPage"), "ProtocolPage"),
});

const pilotRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "pilot",
  component: lazyRouteComponent(() => import("./pages/PilotPage"), "PilotPage"),
});

const auditLogRoute = createRoute({
  getParentRoute: () => studyRoute,
  path: "audit-log",
  component: lazyRouteComponent(() => import("./pages/AuditLogPage"), "AuditLogPage"),
});

/** What hangs on a study. */
export const elicitationRoutes = [overviewRoute, protocolRoute, transcriptRoute, searchRoute, codesRoute, exportRoute, membersRoute, pilotRoute, auditLogRoute] as const;
