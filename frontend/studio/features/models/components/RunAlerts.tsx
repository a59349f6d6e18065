/** What somebody must hear about a run: said once when it begins, kept with the run when it is over. */
import type { RunAlert } from "../api/types";

const TITLES: Record<RunAlert["kind"], string> = {
  nan: "The loss is not a number",
  divergence: "The loss diverges",
  stall: "Nothing is heard of this run",
  disk: "The disk is full",
  lost_worker: "The worker was lost",
  failure: "The run failed",
};

function AlertText({ alert }: { alert: RunAlert }) {
  return (
    <>
      <h2 className="run-alert-title">{TITLES[alert.kind]}</h2>
      <p>{alert.message}</p>
      {alert.lines.length > 0 && <pre className="run-log" tabIndex={0} aria-label="Last lines of the log">{alert.lines.join("\n")}</pre>}
    </>
  );
}

/** Draws what lasts as alerts, and what is over as a list that opens. */
export function RunAlerts({ alerts }: { alerts: readonly RunAlert[] }) {
  const lasting = alerts.filter(({ ended_at }) => ended_at === null);
  const over = alerts.filter(({ ended_at }) => ended_at !== null);
  return (
    <>
      {lasting.map((alert) => <section key={alert.id} className="run-alert" role="alert" data-alert={alert.kind}><AlertText alert={alert} /></section>)}
      {over.length > 0 && (
        <details className="run-alerts-over">
          <summary>{over.length === 1 ? "One alert that is over" : `${over.length} alerts that are over`}</summary>
          {over.map((alert) => (
            <section key={alert.id} className="sheet" data-alert={alert.kind}>
              <AlertText alert={alert} />
              <p className="note">At step {alert.step}, {new Date(alert.raised_at).toLocaleString()}; over since {new Date(alert.ended_at ?? alert.raised_at).toLocaleString()}.</p>
            </section>
          ))}
        </details>
      )}
    </>
  );
}
