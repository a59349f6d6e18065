/** The routes that features hang theirs on: the root, and a study. */
import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, notFound, useParams } from "@tanstack/react-router";
import { meQuery, type StudyOfMine, useMe } from "@/studio/lib/me";

/** What every loader gets. */
export interface StudioContext {
  queries: QueryClient;
}

/** Loads who is signed in before anything is drawn. */
export const rootRoute = createRootRouteWithContext<StudioContext>()({
  loader: ({ context }) => context.queries.ensureQueryData(meQuery),
});

/** Everything inside one study: `/studies/$slug/...`. */
export const studyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "studies/$slug",
  loader: async ({ context, params }) => {
    const me = await context.queries.ensureQueryData(meQuery);
    // The router's own signal for an address that leads nowhere is thrown, though it is no Error.
    if (!me.studies.some(({ slug }) => slug === params.slug)) throw notFound();
  },
});

/** The study of the present address, with the person's role in it. */
export function useStudy(): StudyOfMine {
  const { slug } = useParams({ strict: false });
  const study = useMe().studies.find((item) => item.slug === slug);
  if (!study) throw new Error("useStudy belongs inside a study's routes.");
  return study;
}

/** The address of an endpoint inside a study: `studyPath("tea", "runs/")`. */
export function studyPath(slug: string, path: string): string {
  return `/api/studies/${slug}/${path}`;
}
