/** What a launch would do: an estimate, the exact configuration and the command; or what stands against it. */
import { useQuery } from "@tanstack/react-query";
import { useStudy } from "@/studio/shell/routes";
import { previewQuery } from "../api/recipes";
import type { RunInput } from "../api/types";
import { Copyable } from "./Copyable";

/** Draws the preview of an input. */
export function LaunchPreview({ input }: { input: RunInput }) {
  const { slug } = useStudy();
  const { data } = useQuery(previewQuery(slug, input));
  if (!data) return null;
  return (
    <section aria-label="What will run" className="part">
      <p role="status" className={data.objection ? "badge-line is-warning" : "badge-line"}>{data.objection || data.sentence}</p>
      {Object.keys(data.config).length > 0 && (
        <details>
          <summary>Exact configuration and command</summary>
          <p className="note">Saved as config.json beside train.jsonl and held_out.jsonl in a folder, it runs on any machine:</p>
          <Copyable label="Command" text={data.command} />
          <Copyable label="Configuration" text={JSON.stringify(data.config, null, 2)} />
        </details>
      )}
    </section>
  );
}
