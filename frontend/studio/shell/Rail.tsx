/** The left rail: the brand, the finder, the study, its four workspaces, and the person. */
import { NativeSelect } from "@mantine/core";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { cookie } from "@/lib/request";
import { Icon } from "@/studio/components/Icon";
import { StudioLink } from "@/studio/components/StudioLink";
import { may, type StudyOfMine, useMe } from "@/studio/lib/me";
import { ThemeToggle } from "./ThemeToggle";
import { WORKSPACES, workspaceAt } from "./workspaces";

/** The study that the address names, or the first that the person belongs to. */
export function useStudyInRail(): StudyOfMine | undefined {
  const { studies } = useMe();
  const slug = useRouterState({ select: ({ location }) => /\/studies\/([^/]+)/.exec(location.pathname)?.[1] });
  return studies.find((study) => study.slug === slug) ?? studies[0];
}

function StudyChoice({ study }: { study: StudyOfMine }) {
  const { studies } = useMe();
  const navigate = useNavigate();
  if (studies.length === 1) return <p className="rail-study">{study.title}</p>;
  return (
    <NativeSelect
      aria-label="Study"
      size="sm"
      value={study.slug}
      data={studies.map(({ slug, title }) => ({ value: slug, label: title }))}
      onChange={(event) => { void navigate({ to: `/studies/${event.target.value}` }); }}
    />
  );
}

function SignOut() {
  return (
    <form method="post" action="/account/logout/" className="rail-sign-out">
      <input type="hidden" name="csrfmiddlewaretoken" value={cookie("csrftoken") ?? ""} />
      <button type="submit" className="icon-button" aria-label="Sign out"><Icon name="exit" /></button>
    </form>
  );
}

/** Draws the rail; `onGo` closes it where it lies over the page. */
export function Rail({ onGo, finder }: { onGo?: () => void; finder: React.ReactNode }) {
  const me = useMe();
  const study = useStudyInRail();
  const pathname = useRouterState({ select: ({ location }) => location.pathname });
  const active = workspaceAt(pathname);
  return (
    <nav className="rail" aria-label="Studio">
      <StudioLink to="/" className="brand" onClick={onGo}>Touchstone</StudioLink>
      {finder}
      {study && <StudyChoice study={study} />}
      <ul className="rail-list" aria-label="Workspaces">
        {WORKSPACES.filter(({ needs }) => may(study?.role, needs)).map(({ id, label, icon, path }) => (
          <li key={id}>
            <StudioLink
              to={study ? `/studies/${study.slug}${path}` : "/"}
              className={id === active ? "rail-link is-active" : "rail-link"}
              aria-current={id === active ? "location" : undefined}
              onClick={onGo}
            >
              <Icon name={icon} /><span>{label}</span>
            </StudioLink>
          </li>
        ))}
      </ul>
      <div className="rail-foot">
        <ThemeToggle />
        <div className="rail-person">
          <div><strong>{me.name}</strong>{study && <span>{study.role}</span>}</div>
          <SignOut />
        </div>
      </div>
    </nav>
  );
}
