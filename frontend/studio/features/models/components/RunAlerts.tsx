/** What somebody must hear about a run: said once when it begins, kept with the run when it is over. */
import { StudioLink } from "@/studio/components/StudioLink";
import { may } from "@/studio/lib/me";
import { useStudy } from "@/studio/shell/routes";
import type { RunAlert } from "../api/types";
import { repeatAddress, valueText } from "../hooks/settings";

const TITLES: Record<RunAlert["kind"], string> = {
  nan: "The loss is not a number",
  divergence: "The loss diverges",
  stall: "Nothing is heard of this run",
  disk: "The disk is full",
  lost_worker: "The worker was lost",
  failure: "The run failed",
};

/** The way to a launch form that is filled in with what is worth a try. */
function Gentler({ run, alert: { settings } }: { run: string; alert: RunAlert }) {
  const { slug, role } = useStudy();
  const rates = Object.values(settings);
  if (rates.length === 0 || !may(role, "train")) return null;
  return <p><StudioLink to={repeatAddress(slug, run, settings)}>Clone with a gentler learning rate</StudioLink> ({rates.map(valueText).join(", ")})</p>;
}

function AlertText({ run, alert }: { run: string; alert: RunAlert }) {
  return (
    <>
      <h2 className="run-alert-title">{TITLES[alert.kind]}</h2>
      <p>{alert.message}</p>
      <Gentler run={run} alert={alert} />
      {alert.lines.length > 0 && <pre className="run-log" tabIndex={0} aria-label="Last lines of the log">{alert.lines.join("\n")}</pre>}
    </>
  );
}

/** Draws what lasts as alerts, and what is over as a list that opens. */
export function RunAlerts({ run, alerts }: { run: string; alerts: readonly RunAlert[] }) {
  const lasting = alerts.filter(({ ended_at }) => ended_at === null);
  const over = alerts.filter(({ ended_at }) => ended_at !== null);
  return (
    <>
      {lasting.map((alert) => <section key={alert.id} className="run-alert" role="alert" data-alert={alert.kind}><AlertText run={run} alert={alert} /></section>)}
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
