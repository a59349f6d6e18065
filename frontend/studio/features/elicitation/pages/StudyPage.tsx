/** One study at a glance: the way into its workspaces and its link for participants. */
import { Page } from "@/studio/components/Page";
import { StudioLink } from "@/studio/components/StudioLink";
import { useStudy } from "@/studio/shell/routes";

const CRUMBS = [{ label: "Studies", to: "/" }];

/** Draws the study's first screen. */
export function StudyPage() {
  const { slug, title } = useStudy();
  const link = `${window.location.origin}/s/${slug}/`;
  return (
    <Page title={title} crumbs={CRUMBS}>
      <section className="sheet">
        <h2>The study link</h2>
        <p>Participants open it without an account: <a href={link}>{link}</a></p>
      </section>
      <ul className="study-list">
        <li className="study-sheet"><StudioLink to={`/studies/${slug}/graph`} className="study-sheet-title">Moral graph</StudioLink><p>What people found wiser than what, and how sure that is.</p></li>
        <li className="study-sheet"><StudioLink to={`/studies/${slug}/discretion`} className="study-sheet-title">Discretion</StudioLink><p>Where principles decide, and where annotators do.</p></li>
        <li className="study-sheet"><StudioLink to={`/studies/${slug}/models`} className="study-sheet-title">Models</StudioLink><p>What was trained on the verdicts, and whether it agrees with people.</p></li>
      </ul>
    </Page>
  );
}
