/** A checkpoint as an annotator: how arbitrary it is, and how far its priorities lie from people's, beside their own noise. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { NumberWithInterval } from "@/studio/components/NumberWithInterval";
import { ErrorState } from "@/studio/components/ErrorState";
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import { joinedAuditsQuery, useRecordStanding } from "../api/checkpoints";
import type { JoinedAudit } from "../api/types";
import { arbitrarySentence, discrepancySentence, placeSentence, recordedSentence } from "../hooks/standing";
import { Part } from "./Part";
import { Rates } from "./Rates";

function Recorded({ checkpoint, joined: { annotator, recorded, is_recorded: same } }: { checkpoint: string; joined: JoinedAudit }) {
  const { slug, role } = useStudy();
  const record = useRecordStanding(slug, checkpoint);
  return (
    <>
      <p className={`badge-line${same ? "" : " is-warning"}`} data-measure="recorded">{recordedSentence(recorded, same)}</p>
      {!same && may(role, "train") && <div><Button variant="default" loading={record.isPending} onClick={() => { record.mutate(annotator); }}>Record the figures of now</Button></div>}
      {record.error && <ErrorState error={record.error} />}
    </>
  );
}

function Standing({ standing }: { standing: NonNullable<JoinedAudit["standing"]> }) {
  const { arbitrariness, of_people: people, of_longer: longer, of_coin: coin, coverage, agreement, discrepancy, in_ones_place: place } = standing;
  return (
    <>
      <p data-measure="arbitrariness">{arbitrarySentence(standing)}</p>
      <Rates title="Goes against a consensus of the principles" columns={["Who", "Against a consensus"]} rows={[["The checkpoint", arbitrariness], ["People together", people], ["The longer response", longer], ["A coin", coin]]} />
      <p data-measure="place">{placeSentence(place)}</p>
      {place.people > 0 && <Rates title="Says what the other people say together" columns={["Who", "As the others"]} rows={[["The checkpoint, in the place of each person", place.checkpoint], ["That person", place.person]]} />}
      <p data-measure="discrepancy">{discrepancySentence(standing)}</p>
      <dl className="facts">
        <div className="fact"><dt>Distance of priorities</dt><dd><NumberWithInterval {...discrepancy} /></dd></div>
        <div className="fact"><dt>Noise floor of the people</dt><dd><NumberWithInterval value={discrepancy.floor} low={0} high={discrepancy.floor_p95} n={discrepancy.n} /></dd></div>
        <div className="fact"><dt>Agrees with people together</dt><dd><NumberWithInterval {...agreement} /></dd></div>
        <div className="fact"><dt>Decides</dt><dd><NumberWithInterval {...coverage} /></dd></div>
      </dl>
    </>
  );
}

/** Draws a panel for each audit that the checkpoint has joined. */
export function BesidePeople({ checkpoint }: { checkpoint: string }) {
  const { slug } = useStudy();
  const audits = useQuery(joinedAuditsQuery(slug, checkpoint));
  return (
    <Part title="Beside people" query={audits} empty="It has judged in no audit yet. As an annotator beside people it shows how arbitrary it is, and whether its priorities are theirs.">
      {(rows) => rows.map((joined) => { const { audit, annotator, name, standing } = joined; return (
        <section key={annotator} className="sheet evaluation" aria-label={`Beside the people of ${audit.title}`}>
          <h3><StudioLink to={`/studies/${slug}/discretion/${String(audit.id)}`}>{audit.title}</StudioLink></h3>
          {standing && <Recorded checkpoint={checkpoint} joined={joined} />}
          {standing ? <Standing standing={standing} /> : <p className="note">{name} has judged nothing yet that people judged too.</p>}
        </section>
      ); })}
    </Part>
  );
}
