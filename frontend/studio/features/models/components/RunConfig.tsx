/** Exactly what runs: the frozen configuration and the command. */
import { Copyable } from "./Copyable";

/** Draws both. */
export function RunConfig({ config, command }: { config: Readonly<Record<string, unknown>>; command: string }) {
  return (
    <section className="sheet part" aria-label="Configuration">
      <h2>Configuration</h2>
      <p>The command, as the trainer runs it:</p>
      <Copyable label="Command" text={command} />
      <dl className="config-list">
        {Object.entries(config).map(([key, value]) => (
          <div key={key}><dt>{key}</dt><dd><code>{typeof value === "string" ? value : JSON.stringify(value)}</code></dd></div>
        ))}
      </dl>
      <details>
        <summary>As config.json</summary>
        <Copyable label="Configuration" text={JSON.stringify(config, null, 2)} />
      </details>
    </section>
  );
}
