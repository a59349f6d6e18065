/** The studio's addresses, gathered from its features. */
import { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { ApiError } from "@/lib/request";
import { ErrorState } from "./components/ErrorState";
import { Page } from "./components/Page";
import { PageSkeleton } from "./components/Skeletons";
import { discretionRoutes } from "./features/discretion/routes";
import { elicitationRoutes, studiesRoute } from "./features/elicitation/routes";
import { modelsRoutes } from "./features/models/routes";
import { moralgraphRoutes } from "./features/moralgraph/routes";
import { rootRoute, studyRoute } from "./shell/routes";
import { Shell } from "./shell/Shell";
import { readSearch, writeSearch } from "./lib/address";
import { finderSources } from "./sources";

const MAY_PASS_BY_ITSELF = 500;

/** One cache for every screen; refusals are not tried again, breakdowns are, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < MAY_PASS_BY_ITSELF),
    },
  },
});

const routeTree = rootRoute
  .update({ component: () => <Shell sources={finderSources} /> })
  .addChildren([
    studiesRoute,
    studyRoute.addChildren([...elicitationRoutes, ...moralgraphRoutes, ...discretionRoutes, ...modelsRoutes]),
  ]);

function NothingHere() {
  return (
    <Page title="There is nothing at this address" crumbs={[{ label: "Studies", to: "/" }]}>
      <p>It may have moved, or you are not a member of its study.</p>
    </Page>
  );
}

/** The router; its base is where Django serves the studio. */
export const router = createRouter({
  routeTree,
  basepath: "/studio",
  parseSearch: readSearch,
  stringifySearch: writeSearch,
  context: { queries },
  defaultPreload: "intent",
  defaultPendingMs: 150,
  defaultPendingComponent: () => <div className="studio-page"><PageSkeleton /></div>,
  defaultErrorComponent: ({ error, reset }) => <div className="studio-page"><ErrorState error={error} retry={reset} /></div>,
  defaultNotFoundComponent: NothingHere,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
