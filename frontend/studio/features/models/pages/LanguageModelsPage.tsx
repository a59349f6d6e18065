/** The language models of a study: registered, checked, chosen for work, retired. */
import "@/styles/models.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Page } from "@/studio/components/Page";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { languageModelsQuery, modelRolesQuery } from "../api/language-models";
import { LanguageModelCards } from "../components/LanguageModelCards";
import { Part } from "../components/Part";
import { RegisterModel } from "../components/RegisterModel";
import { WorkTable } from "../components/WorkTable";

/** Draws the lists and, for admins, the form. */
export function LanguageModelsPage() {
  const { slug, title, role } = useStudy();
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  const models = useQuery(languageModelsQuery(slug));
  const roles = useQuery(modelRolesQuery(slug));
  const canChange = may(role, "train");
  return (
    <Page
      title="Language models"
      crumbs={crumbs}
      lede="Who asks, writes, merges and judges in this study, and where each model is."
      actions={canChange ? undefined : <p className="note">Admins register models.</p>}
    >
      <Part title="Who does what" query={roles} empty="">{(rows) => <WorkTable rows={rows} />}</Part>
      <div className="model-columns">
        <Part title="Registered" query={models} empty="None yet. Without one, the installation’s model does the work where it names one, and the guided interviewer asks where it names none.">
          {(rows) => <LanguageModelCards models={rows} />}
        </Part>
        {canChange && <RegisterModel />}
      </div>
    </Page>
  );
}
