/** The screens of the moral graph, one beside the other. */
import { useRouterState } from "@tanstack/react-router";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";

/** One a line, so that a new screen is one more line. */
const SCREENS = [
  { path: "graph", label: "Explorer" },
  { path: "graph/compare", label: "Compare" },
  { path: "graph/firmness", label: "What would change it" },
  { path: "merges", label: "Merge desk" },
  { path: "contexts", label: "Contexts" },
  { path: "transitions", label: "Transitions" },
  { path: "objections", label: "Objections" },
] as const;

/** Draws the links; the present one is marked. */
export function GraphNav() {
  const { slug } = useStudy();
  const at = useRouterState({ select: ({ location }) => location.pathname });
  return (
    <nav className="graph-nav" aria-label="Moral graph">
      {SCREENS.map(({ path, label }) => (
        <StudioLink key={path} to={`/studies/${slug}/${path}`} aria-current={at.replace(/\/$/, "").endsWith(`/${slug}/${path}`) ? "page" : undefined}>{label}</StudioLink>
      ))}
    </nav>
  );
}
