/** An error in place: what happened, what was kept, what to do. */
import { Button } from "@mantine/core";
import { ApiError } from "@/lib/request";

/** Whether the server says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.code === "not_authenticated");
}

/** Trying again changes nothing about a person's role. */
function isForbidden(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

function signInAddress(): string {
  return `/account/login/?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
}

function titleOf(error: unknown): string {
  if (isSignedOut(error)) return "You are signed out";
  if (!(error instanceof ApiError)) return "This could not be shown";
  if (error.status === 404) return "There is nothing here";
  if (error.status === 403) return "This is not part of your role";
  return "The server could not do this";
}

/** Shown where a screen or a part of it failed. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const text = error instanceof Error ? error.message : "Something unexpected happened. What was saved is kept.";
  const fields = error instanceof ApiError ? Object.entries(error.fields) : [];
  return (
    <section className="error-state" role="alert">
      <h2 className="error-state-title">{titleOf(error)}</h2>
      <p>{text}</p>
      {fields.length > 0 && (
        <ul>{fields.map(([name, texts]) => <li key={name}><strong>{name}</strong>: {texts.join(" ")}</li>)}</ul>
      )}
      {isSignedOut(error)
        ? <Button component="a" href={signInAddress()}>Sign in again</Button>
        : retry !== undefined && !isForbidden(error) && <Button variant="default" onClick={retry}>Try again</Button>}
    </section>
  );
}
