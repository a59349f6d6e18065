import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeWebSocket } from "@/testing/fake-socket";
import { type Interview, startInterview } from "./interview";

const PAGE = `
  <section data-interview data-socket="/ws/interview/tok/" data-next="/p/tok/card">
    <ol data-turns role="log" aria-live="off">
      <li class="turn turn-interviewer" data-position="0" data-speaker="interviewer" data-attempt="1">
        <span class="turn-who">Guided interview</span><div class="turn-text">Tell me of a time.</div></li>
    </ol>
    <p data-budget="Question {asked} of at most {at_most}"></p>
    <form data-composer method="post"><textarea name="text" data-draft></textarea><button>Send</button></form>
    <button data-card-now hidden>Make my card now</button>
    <p data-announce role="status"></p>
    <p data-status></p>
    <div data-slow hidden><p>Slow.</p><form method="post" data-retry><button>Ask again</button></form></div>
    <div data-notice hidden><p></p><p class="actions" hidden><a href="/p/tok/">Code</a></p></div>
    <section data-pause="" hidden><form method="post"><button>Stop</button></form></section>
  </section>`;

const first = { position: 0, speaker: "interviewer", text: "Tell me of a time.", state: "complete", attempt: 1 };
const state = (more: object = {}) => ({ type: "state", turns: [first], draft: "", phase: "story", may_finish: false, ...more });
const mine = (text: string, position = 1) => ({ position, speaker: "person", text, state: "complete", attempt: 1 });

describe("the live interview", () => {
  let interview: Interview | undefined;

  function open(): void {
    document.body.innerHTML = PAGE;
    interview = startInterview();
  }
  const field = (): HTMLTextAreaElement => document.querySelector("textarea") as HTMLTextAreaElement;
  const status = (): string => document.querySelector("[data-status]")?.textContent ?? "";
  const said = (): string[] => [...document.querySelectorAll(".turn-text")].map(({ textContent }) => textContent ?? "");
  const sent = (type: string): Record<string, unknown>[] =>
    FakeWebSocket.made.flatMap((socket) => socket.sent as Record<string, unknown>[]).filter((message) => message.type === type);

  function type(text: string): void {
    field().value = text;
    field().dispatchEvent(new Event("input"));
  }
  function submit(): SubmitEvent {
    const event = new SubmitEvent("submit", { cancelable: true });
    document.querySelector("form")?.dispatchEvent(event);
    return event;
  }

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", FakeWebSocket);
    FakeWebSocket.made = [];
    sessionStorage.clear();
    open();
  });
  afterEach(() => {
    interview?.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it("shows one's own words at once and sends them with an id", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("My sister called at night.");
    expect(submit().defaultPrevented).toBe(true);

    expect(said()).toEqual(["Tell me of a time.", "My sister called at night."]);
    expect(field().value).toBe("");
    expect(sent("say")).toMatchObject([{ text: "My sister called at night." }]);
    expect(sent("say")[0]?.client_id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it("shows them once when the server echoes them", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("My sister called.");
    submit();
    FakeWebSocket.latest.say({ type: "turn", turn: mine("My sister called.") });

    expect(said()).toEqual(["Tell me of a time.", "My sister called."]);
    expect(document.querySelector(".is-sending")).toBeNull();
  });

  it("writes the reply as it comes, says so, and ends with the whole text", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state({ turns: [first, mine("Hm.")] }));
    FakeWebSocket.latest.say({ type: "replying", position: 2 });
    expect(status()).toBe("The interviewer is writing.");
    FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 0, text: "What did " });
    FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 9, text: "you" });

    expect(said().at(-1)).toBe("What did you");
    expect(document.querySelector("[data-turns]")).toHaveAttribute("aria-busy", "true");
    FakeWebSocket.latest.say({ type: "done", position: 2, text: "What did you notice?" });
    expect(said().at(-1)).toBe("What did you notice?");
    expect(status()).toBe("");
    expect(document.querySelector("[data-turns]")).toHaveAttribute("aria-busy", "false");
  });

  it("asks for what is missing, once", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 0, text: "What" });
    FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 9, text: "you" });
    FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 12, text: " see" });

    expect(sent("rejoin")).toEqual([{ type: "rejoin", position: 2, offset: 4 }]);
    FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 4, text: " did you see" });
    expect(said().at(-1)).toBe("What did you see");
  });

  it("says again what was lost with the line, with the same id, and not what had arrived", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("My sister called.");
    submit();
    FakeWebSocket.latest.drop();
    expect(status()).toContain("What you wrote is kept");
    vi.advanceTimersByTime(1000);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());

    const [once, again] = sent("say");
    expect(again).toEqual(once);
    FakeWebSocket.latest.say({ type: "turn", turn: mine("My sister called.") });
    FakeWebSocket.latest.drop();
    vi.advanceTimersByTime(1000);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state({ turns: [first, mine("My sister called.")] }));
    expect(sent("say")).toHaveLength(2);
  });

  it("keeps unsent words over a reload of the page", () => {
    type("My sister called.");
    submit();
    interview?.close();
    open();
    expect(said()).toEqual(["Tell me of a time.", "My sister called."]);

    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    expect(sent("say")).toHaveLength(1);
  });

  it("saves the draft a moment after the last key, and at once when the page is hidden", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("My s");
    type("My sister");
    expect(sent("draft")).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(sent("draft")).toEqual([{ type: "draft", text: "My sister" }]);
    FakeWebSocket.latest.say({ type: "saved" });
    expect(status()).toBe("Draft saved.");

    type("My sister called");
    window.dispatchEvent(new Event("pagehide"));
    expect(sent("draft").at(-1)).toEqual({ type: "draft", text: "My sister called" });
  });

  it("brings the draft back from the server", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state({ draft: "half a sentence" }));

    expect(field().value).toBe("half a sentence");
  });

  it("prefers newer words of this tab to the server's older draft, and sends them", () => {
    type("half a sentence and more");
    interview?.close();
    open();
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state({ draft: "half a sentence" }));

    expect(field().value).toBe("half a sentence and more");
    expect(sent("draft")).toEqual([{ type: "draft", text: "half a sentence and more" }]);
  });

  it("does not let a late state bring back words that were just said", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("My sister called.");
    vi.advanceTimersByTime(400);
    submit();
    FakeWebSocket.latest.say(state({ draft: "My sister called." }));

    expect(field().value).toBe("");
    expect(sent("say")).toHaveLength(1);
  });

  it("sends a draft again that was lost with the line before the server had it", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("My sister");
    vi.advanceTimersByTime(400);
    FakeWebSocket.latest.drop();
    vi.advanceTimersByTime(1000);
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state({ draft: "" }));

    expect(field().value).toBe("My sister");
    expect(sent("draft")).toEqual([{ type: "draft", text: "My sister" }, { type: "draft", text: "My sister" }]);
  });

  it("does not send while a reply is being written, and keeps the words", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    FakeWebSocket.latest.say({ type: "replying", position: 2 });
    type("And then");
    submit();

    expect(sent("say")).toEqual([]);
    expect(field().value).toBe("And then");
    expect(status()).toContain("Wait for the reply");
  });

  it("gives refused words back to the composer with the reason", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    type("x".repeat(20));
    submit();
    FakeWebSocket.latest.say({ type: "error", code: "invalid", message: "That is too long." });

    expect(field().value).toBe("x".repeat(20));
    expect(said()).toEqual(["Tell me of a time."]);
    expect(status()).toBe("That is too long.");
  });

  it("leads to the card when it is ready, and offers it early when the server allows", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state({ may_finish: true, budget: { asked: 6, at_most: 12 } }));
    expect(document.querySelector("[data-budget]")).toHaveTextContent("Question 6 of at most 12");
    const now = document.querySelector<HTMLButtonElement>("[data-card-now]");
    expect(now).not.toHaveAttribute("hidden");
    now?.click();
    expect(sent("card_now")).toHaveLength(1);

    FakeWebSocket.latest.say({ type: "card_ready", url: "/p/tok/card" });
    expect(document.querySelector("a[data-to-card]")).toHaveAttribute("href", "/p/tok/card");
  });

  it("has a reply read out once, when it is whole, and nothing of it before", () => {
    const heard: string[] = [];
    const announcer = document.querySelector("[data-announce]") as HTMLElement;
    const watch = (): void => { if (announcer.textContent !== (heard.at(-1) ?? "")) heard.push(announcer.textContent); };
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    for (const message of [
      { type: "turn", turn: mine("It rained.") },
      { type: "replying", position: 2 },
      { type: "frame", position: 2, attempt: 1, offset: 0, text: "What " },
      { type: "frame", position: 2, attempt: 1, offset: 5, text: "then?" },
      { type: "saved" },
      { type: "done", position: 2, text: "What then?" },
      { type: "card_ready", url: "/p/tok/card" },
    ]) {
      FakeWebSocket.latest.say(message);
      watch();
    }

    expect(heard).toEqual([
      "The interviewer is writing.",
      "The reply is complete. What then?",
      "The reply is complete. What then? Read your card",
    ]);
    expect(document.querySelector("[data-turns]")).toHaveAttribute("aria-busy", "false");
  });

  it("leaves the plain form alone where sockets do not get through", () => {
    for (let tries = 0; tries < 4; tries += 1) {
      FakeWebSocket.latest.drop();
      vi.advanceTimersByTime(20_000);
    }
    type("My sister called.");

    expect(submit().defaultPrevented).toBe(false);
    expect(field().value).toBe("My sister called.");
  });

  describe("when a model does not answer", () => {
    const box = (name: string): HTMLElement => document.querySelector<HTMLElement>(`[data-${name}]`) as HTMLElement;
    function askAgain(): SubmitEvent {
      const event = new SubmitEvent("submit", { cancelable: true });
      document.querySelector("form[data-retry]")?.dispatchEvent(event);
      return event;
    }
    beforeEach(() => {
      FakeWebSocket.latest.accept();
      FakeWebSocket.latest.say(state({ turns: [first, mine("It rained.")], interviewer: "llm" }));
      FakeWebSocket.latest.say({ type: "replying", position: 2 });
    });

    it("says that it is slow until something comes, whatever is typed meanwhile", () => {
      FakeWebSocket.latest.say({ type: "notice", code: "slow", message: "Slow." });
      FakeWebSocket.latest.say({ type: "saved" });
      expect(box("slow").hidden).toBe(false);
      expect(box("announce")).toHaveTextContent("Slow.");

      FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 0, text: "What" });
      expect(box("slow").hidden).toBe(true);
    });

    it("shows all of it to who reads the newest words, and moves nobody who reads further up", () => {
      const seen = vi.fn();
      box("slow").scrollIntoView = seen;
      const far = vi.spyOn(document.documentElement, "scrollHeight", "get").mockReturnValue(9000);
      FakeWebSocket.latest.say({ type: "notice", code: "slow", message: "Slow." });
      expect(seen).not.toHaveBeenCalled();

      far.mockRestore();
      FakeWebSocket.latest.say({ type: "frame", position: 2, attempt: 1, offset: 0, text: "What" });
      FakeWebSocket.latest.say({ type: "notice", code: "slow", message: "Slow." });
      expect(seen).toHaveBeenCalledOnce();
    });

    it("asks again over the line, and by the plain form where there is none", () => {
      FakeWebSocket.latest.say({ type: "notice", code: "slow", message: "Slow." });
      expect(askAgain().defaultPrevented).toBe(true);
      expect(sent("retry")).toHaveLength(1);
      expect(box("slow").hidden).toBe(true);
      expect(status()).toBe("Asked again. Your answer is kept.");
      expect(said()).toContain("It rained.");

      FakeWebSocket.latest.drop();
      expect(askAgain().defaultPrevented).toBe(false);
    });

    it("shows after a reload that it is still slow", () => {
      FakeWebSocket.latest.say(state({ turns: [first, mine("It rained.")], slow: true }));
      expect(box("slow").hidden).toBe(false);
    });

    it("says who goes on, beside the reply and over it, until one answers", () => {
      const names = (): string[] => [...document.querySelectorAll(".turn-who")].map(({ textContent }) => textContent ?? "");
      expect(names().at(-1)).toBe("AI (a language model)");
      FakeWebSocket.latest.say({ type: "done", position: 2, text: "I go on.", by: "guided" });
      FakeWebSocket.latest.say({ type: "standing", phase: "listening", may_finish: false, interviewer: "guided" });
      FakeWebSocket.latest.say({ type: "notice", code: "guided", message: "A program goes on." });
      expect(names().at(-1)).toBe("Guided interview (a program without AI)");
      expect(box("notice")).toHaveTextContent("A program goes on.");

      type("And it stopped.");
      submit();
      expect(box("notice").hidden).toBe(true);
    });
  });

  it("offers a way out after a pause, and keeps it at hand for somebody who went on", () => {
    const pause = document.querySelector<HTMLElement>("[data-pause]") as HTMLElement;
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    expect(pause.hidden).toBe(true);

    FakeWebSocket.latest.say({ type: "standing", phase: "listening", may_finish: false, pause: "offered" });
    FakeWebSocket.latest.say({ type: "notice", code: "distress", message: "Paused." });
    expect(pause.hidden).toBe(false);
    expect(pause.dataset.pause).toBe("offered");
    expect(document.querySelector("[data-announce]")).toHaveTextContent("Paused.");

    FakeWebSocket.latest.say({ type: "standing", phase: "listening", may_finish: false, pause: "at_hand" });
    expect(pause.hidden).toBe(false);
    expect(pause.dataset.pause).toBe("at_hand");
  });

  it("shows that one may finish with one's code, with the way there", () => {
    FakeWebSocket.latest.accept();
    FakeWebSocket.latest.say(state());
    FakeWebSocket.latest.say({ type: "notice", code: "released", message: "You can finish here." });

    expect(document.querySelector<HTMLElement>("[data-notice] .actions")?.hidden).toBe(false);
    expect(document.querySelector("[data-notice]")).toHaveTextContent("You can finish here.");
  });
});
