/** The studies that the signed-in person belongs to. */
import { EmptyState } from "@/studio/components/EmptyState";
import { Page } from "@/studio/components/Page";
import { StudioLink } from "@/studio/components/StudioLink";
import { may, useMe } from "@/studio/lib/me";
import { NewStudy } from "../components/NewStudy";

/** Lists them as sheets of paper. */
export function StudiesPage() {
  const { studies } = useMe();
  return (
    <Page title="Studies" lede="Each study asks one question of its people and keeps their values, votes and verdicts together.">
      {studies.length === 0 && (
        <EmptyState title="You are not a member of a study yet">
          <p>An admin adds you to a study by your account name. It then appears here.</p>
        </EmptyState>
      )}
      <ul className="study-list">
        {studies.map(({ slug, title, role, is_demo: isDemo }) => (
          <li key={slug} className={isDemo ? "study-sheet simulated" : "study-sheet"}>
            <StudioLink to={may(role, "read") ? `/studies/${slug}` : `/studies/${slug}/discretion`} className="study-sheet-title">{title}</StudioLink>
            <p>You are {role === "annotator" || role === "auditor" || role === "admin" ? "an" : "a"} {role} here.{isDemo && " A demo: its participants are simulated."}</p>
          </li>
        ))}
      </ul>
      {studies.some(({ role }) => may(role, "write")) && <NewStudy />}
    </Page>
  );
}
