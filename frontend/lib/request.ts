/** HTTP to our own server: CSRF on every write, JSON both ways, and one typed error. */

/** The error body that every endpoint answers with. */
interface ErrorBody {
  error: { code: string; message: string; fields?: Record<string, string[]> };
}

/** What the server refused and why; `code` is for programs, `message` for people. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, string[]>> = {},
  ) {
    super(message);
  }
}

/** The server could not be reached at all. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(cause: unknown) {
    super("The server cannot be reached. Check the connection; nothing on this page is lost.", { cause });
  }
}

/** The value of one cookie, or nothing. */
export function cookie(name: string): string | undefined {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found === undefined ? undefined : decodeURIComponent(found.slice(name.length + 1));
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** `fetch` with the CSRF header on writes; gives the Response whatever its status. */
export async function csrfFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input instanceof Request ? input : new URL(input, window.location.origin), init);
  request.headers.set("Accept", "application/json");
  const token = cookie("csrftoken");
  if (token !== undefined && !SAFE_METHODS.has(request.method)) request.headers.set("X-CSRFToken", token);
  try {
    return await fetch(request);
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable(cause);
  }
}

function isErrorBody(body: unknown): body is ErrorBody {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

function sentenceFor(status: number): string {
  if (status === 401) return "You are signed out. Sign in again; this page stays as it is.";
  if (status === 403) return "Your role in this study does not include this.";
  if (status === 404) return "This does not exist, or you are not a member of its study.";
  if (status === 413) return "That is larger than the server takes.";
  if (status === 429) return "Too many tries in a short time. Wait a minute, then try again.";
  return `The server could not answer (${status}). Try again in a moment.`;
}

/** The typed error behind a response that is not a success. */
export async function errorFrom(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!isErrorBody(body)) return new ApiError(response.status, `http_${response.status}`, sentenceFor(response.status));
  return new ApiError(response.status, body.error.code, body.error.message, body.error.fields);
}

/** What may be asked for: `body` is sent as JSON, or as it is when it is a FormData. */
export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
}

/** Ask the server and give its JSON; throws ApiError or Unreachable. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = options.body === undefined ? "GET" : "POST", body, signal } = options;
  const isForm = body instanceof FormData;
  const response = await csrfFetch(path, {
    method,
    signal,
    credentials: "same-origin",
    headers: body === undefined || isForm ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
  });
  if (!response.ok) throw await errorFrom(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
