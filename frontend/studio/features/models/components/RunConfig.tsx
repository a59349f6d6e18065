/** Exactly what runs: the frozen configuration and the command. */

/** Draws both. */
export function RunConfig({ config, command }: { config: Readonly<Record<string, unknown>>; command: string }) {
  return (
    <section className="sheet" aria-label="Configuration">
      <h2>Configuration</h2>
      <p>The command, as the trainer runs it:</p>
      <pre className="run-log" tabIndex={0} aria-label="Command">{command}</pre>
      <dl className="config-list">
        {Object.entries(config).map(([key, value]) => (
          <div key={key}><dt>{key}</dt><dd><code>{typeof value === "string" ? value : JSON.stringify(value)}</code></dd></div>
        ))}
      </dl>
    </section>
  );
}
