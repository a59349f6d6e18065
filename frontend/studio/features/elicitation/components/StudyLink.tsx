/** The link for participants, to open or to copy. */
import { Button, CopyButton } from "@mantine/core";

/** Draws the link. */
export function StudyLink({ slug }: { slug: string }) {
  const link = `${window.location.origin}/s/${slug}/`;
  return (
    <section className="sheet" aria-label="Study link">
      <h2>The study link</h2>
      <p>Participants open it without an account, on a phone or a computer.</p>
      <div className="study-link">
        <a href={link}>{link}</a>
        <CopyButton value={link}>
          {({ copied, copy }) => <Button variant="default" size="compact-md" onClick={copy}>{copied ? "Copied" : "Copy the link"}</Button>}
        </CopyButton>
      </div>
    </section>
  );
}
