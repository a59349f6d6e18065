/** Draw a part of the studio in a test with everything that surrounds it: theme, queries, a router in memory. */
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactElement } from "react";
import { InspectorPane, InspectorProvider } from "@/studio/shell/inspector";
import { type Me, meQuery } from "@/studio/lib/me";
import { Notices } from "@/studio/shell/Notices";
import { theme } from "@/studio/theme";

/** A researcher of one study: what tests start from. */
export const researcher: Me = {
  username: "researcher",
  name: "Robin Researcher",
  studies: [{ slug: "tea", title: "Tea with a friend", is_demo: false, include_simulated: false, role: "researcher" }],
};

/** Draw `element` at an address of the studio and wait until it stands; `path` is the route's pattern where it has parameters. */
export async function renderStudio(
  element: ReactElement,
  { at = "/studies/tea", path = "/studies/$slug/$", me = researcher }: { at?: string; path?: string; me?: Me } = {},
): Promise<RenderResult & { queries: QueryClient; address: () => string }> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 10_000 } } });
  queries.setQueryData(meQuery.queryKey, me);
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path, component: () => <InspectorProvider>{element}<InspectorPane /><Notices /></InspectorProvider> });
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: [at] }) });
  await router.load();
  const drawn = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queries}><RouterProvider router={router as never} /></QueryClientProvider>
    </MantineProvider>,
  );
  return { ...drawn, queries, address: () => router.state.location.href };
}
