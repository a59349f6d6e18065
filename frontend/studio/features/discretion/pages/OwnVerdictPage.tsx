/** One judgement of mine: as it stands, to be changed, with all that I said before. */
import "@/styles/annotate.css";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { ErrorState } from "@/studio/components/ErrorState";
import { Page } from "@/studio/components/Page";
import { PageSkeleton } from "@/studio/components/Skeletons";
import { notify, notifyError } from "@/studio/lib/notices";
import { useStudy } from "@/studio/shell/routes";
import { type Desk, ownVerdictQuery, sendJudgement } from "../api/next";
import type { JudgementInput, OwnVerdict } from "../api/types";
import { GuidelinePanel } from "../components/GuidelinePanel";
import { JudgementForm } from "../components/JudgementForm";
import { type Item, judgementInput, reopened } from "../hooks/sides";
import { useTrail } from "../hooks/trail";
import { saidInWords } from "../hooks/words";

function Changing({ own, desk }: { own: OwnVerdict; desk: Desk }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const item = own as Item;
  const change = useMutation({
    mutationFn: (input: JudgementInput) => sendJudgement(desk, input),
    onSuccess: async () => {
      notify("Changed. What you said before is kept.");
      await queries.invalidateQueries({ queryKey: ["mine", desk.slug, desk.audit] });
      await navigate({ to: `/studies/${desk.slug}/discretion/${desk.audit}/mine` as string });
    },
    onError: notifyError,
  });
  return (
    <div className="desk-frame">
      <div className="desk-main">
        <JudgementForm desk={{ item, start: reopened(own) }} onSubmit={(judgement) => { change.mutate(judgementInput(item, judgement)); }} changing />
        <section aria-label="What you said before">
          <h2>What you said, newest first</h2>
          <ul className="own-acts">
            {own.acts.map((act) => (
              <li key={act.id}>
                {new Date(act.at).toLocaleString()}: <strong>{saidInWords(act)}</strong>
                {act.undone && ", taken back"}{act.replaced && ", replaced"}{act.outdated && `, under guideline ${act.guideline}`}
                {act.reason !== "" && <span className="words"> “{act.reason}”</span>}
              </li>
            ))}
          </ul>
        </section>
      </div>
      <GuidelinePanel desk={desk} number={own.guideline} />
    </div>
  );
}

/** Draws it. */
export function OwnVerdictPage() {
  const { slug } = useStudy();
  const { auditId: audit = "", comparisonId = "" } = useParams({ strict: false });
  const trail = useTrail(audit);
  const crumbs = [...trail, { label: "My history", to: `/studies/${slug}/discretion/${audit}/mine` }];
  const { data, isPending, error, refetch } = useQuery(ownVerdictQuery({ slug, audit }, comparisonId));
  return (
    <Page title="Change a judgement" crumbs={crumbs}>
      {isPending && <PageSkeleton />}
      {error && <ErrorState error={error} retry={() => { void refetch(); }} />}
      {data && <Changing own={data} desk={{ slug, audit }} />}
    </Page>
  );
}
