/** What somebody must hear about a run: said once when it begins, kept with the run when it is over. */
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { Run, RunAlert } from "../api/types";
import { ALERT_TITLES, asksToResume, asksToStop, lasting, placeInLog } from "../hooks/alerts";
import { repeatAddress, valueText } from "../hooks/settings";
import { canResume } from "../hooks/states";
import { StopOrResume } from "./StopOrResume";

/** The way to a launch form that is filled in with what is worth a try. */
function Gentler({ run, settings }: { run: Run; settings: RunAlert["settings"] }) {
  const { slug, role } = useStudy();
  const rates = Object.values(settings);
  if (rates.length === 0 || !may(role, "train")) return null;
  return <span><StudioLink to={repeatAddress(slug, run.id, settings)}>Clone with a gentler learning rate</StudioLink> ({rates.map(valueText).join(", ")})</span>;
}

/** What can be done about it from here: only for what lasts. */
function Way({ run, alert }: { run: Run; alert: RunAlert }) {
  const { role } = useStudy();
  const helps = (asksToStop(alert) && run.state === "running") || (asksToResume(alert) && canResume(run));
  return helps && may(role, "train") ? <StopOrResume run={run} /> : null;
}

function AlertText({ run, alert }: { run: Run; alert: RunAlert }) {
  const { slug } = useStudy();
  const place = placeInLog(alert);
  return (
    <>
      <h2 className="run-alert-title">{ALERT_TITLES[alert.kind]}</h2>
      <p>{alert.message}</p>
      {alert.lines.length > 0 && <pre className="run-log" tabIndex={0} aria-label="Last lines of the log">{alert.lines.join("\n")}</pre>}
      <div className="run-alert-ways">
        {alert.ended_at === null && <Way run={run} alert={alert} />}
        <Gentler run={run} settings={alert.settings} />
        {place !== "" && <StudioLink to={`/studies/${slug}/models/runs/${run.id}?tab=log&near=${encodeURIComponent(place)}`}>Look at the log there</StudioLink>}
      </div>
    </>
  );
}

/** Draws what lasts as alerts, and what is over as a list that opens. */
export function RunAlerts({ run }: { run: Run }) {
  const over = run.alerts.filter(({ ended_at }) => ended_at !== null);
  return (
    <>
      {lasting(run).map((alert) => <section key={alert.id} className="run-alert" role="alert" data-alert={alert.kind}><AlertText run={run} alert={alert} /></section>)}
      {over.length > 0 && (
        <details className="run-alerts-over">
          <summary>{over.length === 1 ? "One alert that is over" : `${over.length} alerts that are over`}</summary>
          {over.map((alert) => (
            <section key={alert.id} className="sheet" data-alert={alert.kind}>
              <AlertText run={run} alert={alert} />
              <p className="note">At step {alert.step}, {new Date(alert.raised_at).toLocaleString()}; over since {new Date(alert.ended_at ?? alert.raised_at).toLocaleString()}.</p>
            </section>
          ))}
        </details>
      )}
    </>
  );
}
