/** Launch one recipe on two targets. */
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
import { CounterfactualForm } from "../components/CounterfactualForm";

function Content() {
  const { slug, role } = useStudy();
  const [search] = useAddress();
  const dataSets = useQuery(dataSetsQuery(slug));
  const recipes = useQuery(recipesQuery(slug));
  if (!may(role, "train")) return <EmptyState title="Runs are launched by admins"><p>Your role here is {role}. You can read every run and its results.</p></EmptyState>;
  const error = dataSets.error ?? recipes.error;
  if (error) return <ErrorState error={error} />;
  if (!dataSets.data || !recipes.data) return <PageSkeleton />;
  if (dataSets.data.length < 2) {
    return (
      <EmptyState title="A counterfactual needs two data sets" action={<StudioLink to={`/studies/${slug}/discretion`}>Open the audits</StudioLink>}>
        <p>Build two in one audit: of two groups of people at once, from two snapshots of the moral graph, or from people’s verdicts and the graph.</p>
      </EmptyState>
    );
  }
  return <CounterfactualForm dataSets={dataSets.data} recipes={recipes.data} preset={{ first: textFrom(search, "data_set"), second: textFrom(search, "second") }} />;
}

/** Draws the form, or says what is missing. */
export function NewCounterfactualPage() {
  const { slug, title } = useStudy();
  const crumbs = useMemo(() => [{ label: title, to: `/studies/${slug}` }, { label: "Models", to: `/studies/${slug}/models` }], [title, slug]);
  return <Page title="New counterfactual" crumbs={crumbs} lede="Train the same recipe under two targets, two groups of people for instance, and see where the judgements part."><Content /></Page>;
}
