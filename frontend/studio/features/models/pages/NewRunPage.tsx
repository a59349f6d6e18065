/** Launch a training run. */
import "@/styles/models.css";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { EmptyState } from "@/studio/components/EmptyState";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { StudioLink } from "@/studio/components/StudioLink";
import { textFrom, useAddress } from "@/studio/lib/address";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { dataSetsQuery } from "../api/data-sets";
import { recipesQuery } from "../api/recipes";
import { repeatQuery } from "../api/runs";
import { settingsFrom } from "../hooks/settings";
import { LaunchForm } from "../components/LaunchForm";

/** Draws the form, or says what is missing. */
export function NewRunPage() {
  const { slug, title, role } = useStudy();
  const [search] = useAddress();
  const { data, isPending, error } = useQuery(dataSetsQuery(slug));
  const { data: recipes, error: recipesError } = useQuery(recipesQuery(slug));
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  const canTrain = may(role, "train");
  const clone = textFrom(search, "clone") ?? "";
  const { data: repeat, isLoading, error: repeatError } = useQuery(repeatQuery(slug, clone));
  const given = repeat && { ...repeat, settings: { ...repeat.settings, ...settingsFrom(search) }, cloned_from: clone };
  const failed = error ?? recipesError ?? repeatError;
  return (
    <Page title="New run" crumbs={crumbs} lede="The run belongs to the server: you may close this page at any time.">
      {!canTrain && <EmptyState title="Runs are launched by admins"><p>Your role here is {role}. You can read every run and its results.</p></EmptyState>}
      {canTrain && !failed && (isPending || !recipes || isLoading) && <PageSkeleton />}
      {canTrain && failed && <ErrorState error={failed} />}
      {canTrain && data?.length === 0 && <EmptyState title="There is no data set to train on" action={<StudioLink to={`/studies/${slug}/discretion`}>Open the audits</StudioLink>}><p>Build one in an audit, from people’s verdicts or from the moral graph.</p></EmptyState>}
      {canTrain && repeat && <p className="badge-line">This run goes back to <StudioLink to={`/studies/${slug}/models/runs/${clone}`}>another</StudioLink>: it is filled in as that one was. Change what should differ.</p>}
      {canTrain && data && data.length > 0 && recipes && !isLoading && !repeatError && <LaunchForm key={clone} dataSets={data} recipes={recipes} preset={textFrom(search, "data_set")} given={given} />}
    </Page>
  );
}
