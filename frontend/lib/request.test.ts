import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, request, Unreachable } from "./request";

describe("a request", () => {
  let asked: Request[];

  function answerWith(body: BodyInit | null, init: ResponseInit = {}): void {
    vi.stubGlobal("fetch", (asking: Request) => {
      asked.push(asking);
      return Promise.resolve(new Response(body, init));
    });
  }

  beforeEach(() => {
    asked = [];
    document.cookie = "csrftoken=abc%2B123";
  });
  afterEach(() => { vi.unstubAllGlobals(); });

  it("reads JSON without a CSRF header", async () => {
    answerWith('{"name": "Robin"}');

    expect(await request("/api/me/")).toEqual({ name: "Robin" });
    expect(asked[0]?.method).toBe("GET");
    expect(asked[0]?.headers.get("X-CSRFToken")).toBeNull();
  });

  it("writes JSON with the token of the cookie", async () => {
    answerWith(null, { status: 204 });
    await request("/api/studies/tea/snapshots/", { body: { rule: "touchstone" } });

    expect(asked[0]?.method).toBe("POST");
    expect(asked[0]?.headers.get("X-CSRFToken")).toBe("abc+123");
    expect(asked[0]?.headers.get("Content-Type")).toBe("application/json");
    expect(await asked[0]?.json()).toEqual({ rule: "touchstone" });
  });

  it("leaves the type of a form to the browser", async () => {
    answerWith("{}");
    const form = new FormData();
    form.set("format", "auto");
    await request("/api/studies/tea/audits/1/imports/", { body: form });

    expect(asked[0]?.headers.get("Content-Type")).toMatch(/^multipart\/form-data; boundary=/);
  });

  it("throws the server's own error with its fields", async () => {
    const error = { code: "invalid", message: "title: This is needed.", fields: { title: ["This is needed."] } };
    answerWith(JSON.stringify({ error }), { status: 400 });

    const thrown = await request("/api/x/", { body: {} }).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ status: 400, code: "invalid", message: "title: This is needed.", fields: { title: ["This is needed."] } });
  });

  it("says something useful when the error is not ours", async () => {
    answerWith("<h1>Bad gateway</h1>", { status: 502 });

    await expect(request("/api/x/")).rejects.toMatchObject({ code: "http_502", message: "The server could not answer (502). Try again in a moment." });
  });

  it("tells a lost connection from a refusal", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

    await expect(request("/api/x/")).rejects.toBeInstanceOf(Unreachable);
  });
});
