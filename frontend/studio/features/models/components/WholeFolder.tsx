/** Everything in a run's folder as one file, for admins: what is in it, and how much that is. */
import { Button } from "@mantine/core";
import { may } from "@/studio/lib/me";
import { studyPath, useStudy } from "@/studio/shell/routes";
import type { Run } from "../api/types";
import { folderText } from "../hooks/elsewhere";
import { canStop } from "../hooks/states";

/** Draws the line with its button; nothing while the run trains, or where there is no folder. */
export function WholeFolder({ run }: { run: Run }) {
  const { slug, role } = useStudy();
  if (run.size_on_disk === null || canStop(run.state) || !may(role, "train")) return null;
  return (
    <section className="part" aria-label="Files">
      <h2>Files</h2>
      <p>{folderText(run.size_on_disk)}</p>
      <p><Button component="a" variant="default" href={studyPath(slug, `runs/${run.id}/folder/`)} download>Download all as a zip</Button></p>
    </section>
  );
}
