/** The live interview: words appear as they are written, one's own at once, and nothing is lost on the way. */
import { type Line, openLine } from "@/lib/line";
import { ChatView } from "./chat-view";
import { Draft } from "./drafts";
import type { ServerMessage, Standing, StateMessage } from "./messages";
import { Notices } from "./notices";
import { Outbox } from "./outbox";
import { Pace } from "./pace";
import { Trace } from "./trace";
import { type Finished, Transcript, type Turn } from "./transcript";
import { say, type WordKey } from "./words";

const TRIES_BEFORE_PLAIN_FORM = 3;

interface Parts {
  list: HTMLElement;
  form: HTMLFormElement;
  field: HTMLTextAreaElement;
  /** What everybody sees; screen readers are told by the other. */
  status: HTMLElement;
  /** The one live region: what has changed, once, and a reply when it is whole. */
  announcer: HTMLElement;
}

/** Sentences that a screen reader hears as they appear; the others are there to be looked up. */
const ANNOUNCED = new Set<WordKey>(["replying", "waiting", "refused", "unsent", "wait", "again"]);

function partsOf(root: HTMLElement): Parts | undefined {
  const list = root.querySelector<HTMLElement>("[data-turns]");
  const form = root.querySelector<HTMLFormElement>("form[data-composer]");
  const field = form?.querySelector<HTMLTextAreaElement>("textarea");
  const status = root.querySelector<HTMLElement>("[data-status]");
  const announcer = root.querySelector<HTMLElement>("[data-announce]");
  return list && form && field && status && announcer ? { list, form, field, status, announcer } : undefined;
}

/** A random UUID (version 4), also where the page came over plain HTTP and `randomUUID` is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const fixed = [...bytes].map((byte, at) => (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte));
  const hex = fixed.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Joins the page's parts, the transcript and the line. */
export class Interview {
  readonly #parts: Parts;
  readonly #view: ChatView;
  readonly #transcript = new Transcript();
  readonly #draft: Draft;
  readonly #trace: Trace;
  readonly #outbox: Outbox;
  readonly #line: Line;
  readonly #pace: Pace;
  readonly #notices: Notices;
  #askedAgain = "";
  #wasLive = false;
  #meeting = false;
  #wasReplying = false;

  constructor(readonly root: HTMLElement, parts: Parts) {
    this.#parts = parts;
    const { form, field, list } = parts;
    const address = root.dataset.socket ?? "";
    this.#view = new ChatView(root, list);
    this.#pace = new Pace({ wordsPerSecond: Number(root.dataset.pace), onStep: () => { this.#draw(); } });
    this.#transcript.replace(this.#view.read());
    this.#outbox = new Outbox(`touchstone-outbox:${address}`);
    this.#trace = new Trace(field);
    this.#draft = new Draft({ field, key: `touchstone-draft:${address}`, send: (text) => this.#line.send({ type: "draft", text }) });
    this.#line = openLine({
      url: address,
      onOpen: () => { this.#wasLive = true; this.#meeting = true; },
      onMessage: (message) => { this.#receive(message as ServerMessage); },
      onState: () => { this.#tellState(); },
    });
    this.#notices = new Notices(root, { retry: () => this.#retry() });
    for (const { id, text } of this.#outbox.waiting) this.#view.drawOwn(id, text);
    form.addEventListener("submit", (event) => { this.#submit(event); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(form.querySelector<HTMLButtonElement>("button:not([data-card-now])"));
    });
    root.querySelector("[data-card-now]")?.addEventListener("click", (event) => {
      if (this.#line.send({ type: "card_now" })) event.preventDefault();
    });
  }

  /** Leave the line (tests; a page that goes away does it by itself). */
  close(): void {
    this.#line.close();
    this.#pace.finish();
  }

  #submit(event: SubmitEvent): void {
    const submitter = event.submitter;
    if (submitter instanceof HTMLElement && submitter.dataset.cardNow !== undefined) return;
    const text = this.#parts.field.value.trim();
    // Where sockets do not get through at all, the plain form still does.
    if (!this.#wasLive && this.#line.failures >= TRIES_BEFORE_PLAIN_FORM && navigator.onLine) return;
    event.preventDefault();
    if (text === "") {
      this.#parts.field.focus();
      return;
    }
    if (this.#transcript.replying) {
      this.#tell("wait");
      return;
    }
    const id = newId();
    const afterPosition = Math.max(-1, ...this.#transcript.turns.map(({ position }) => position));
    this.#pace.finish();
    const trace = this.#trace.take();
    this.#outbox.add({ id, text, afterPosition, trace });
    this.#view.drawOwn(id, text);
    this.#draft.clear();
    this.#notices.said();
    this.#tell(this.#line.send({ type: "say", text, client_id: id, trace }) ? "sending" : "unsent");
    this.#parts.field.focus();
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case "state": this.#start(message); break;
      case "turn": this.#take(message.turn); break;
      case "replying": this.#transcript.begin(message.position); this.#draw(); break;
      case "frame": this.#grow(message); break;
      case "done": this.#finish(message); break;
      case "standing": this.#stand(message); break;
      case "card_ready": this.#offerCard(message.url); break;
      case "saved": this.#draft.confirmed(); this.#tellState("saved"); break;
      case "notice":
        if (!this.#notices.tell(message.code, message.message)) this.#show(message.message);
        this.#announce(message.message);
        break;
      case "error": this.#refuse(message.message); break;
    }
  }

  #start(message: StateMessage): void {
    this.#transcript.replace(message.turns);
    for (const turn of message.turns) this.#confirm(turn);
    if (this.#meeting) this.#catchUp(message.draft);
    this.#draw();
    this.#stand(message);
    if (message.slow) this.#notices.tell("slow", "");
  }

  /** Where the interview stands after a reply, or at the beginning. */
  #stand(standing: Standing): void {
    if (standing.interviewer) this.root.dataset.interviewer = standing.interviewer;
    this.#notices.pause(standing.pause ?? "");
    this.#showBudget(standing);
    if (standing.card_url !== undefined) this.#offerCard(standing.card_url);
  }

  #finish({ position, text, by }: Finished): void {
    this.#notices.heard();
    this.#pace.begin(position, text, this.#transcript.at(position)?.text ?? "");
    this.#transcript.finish({ position, text, by });
    this.#draw();
  }

  /** The first state after connecting: what may have been lost with the old line goes out again. Later ones may lag behind the keys. */
  #catchUp(draft: string): void {
    this.#meeting = false;
    for (const { id, text, trace } of this.#outbox.waiting) this.#line.send({ type: "say", text, client_id: id, trace });
    this.#draft.meet(draft);
  }

  #take(turn: Turn): void {
    this.#confirm(turn);
    this.#transcript.put(turn);
    this.#draw();
  }

  #confirm(turn: Turn): void {
    const sent = this.#outbox.confirmedBy(turn);
    if (!sent) return;
    this.#outbox.remove(sent.id);
    this.#view.removeOwn(sent.id);
  }

  #grow(frame: Parameters<Transcript["add"]>[0]): void {
    this.#notices.heard();
    const outcome = this.#transcript.add(frame);
    if (typeof outcome === "object") {
      const missing = `${frame.position}/${frame.attempt}/${outcome.missingFrom}`;
      if (missing !== this.#askedAgain) this.#line.send({ type: "rejoin", position: frame.position, offset: outcome.missingFrom });
      this.#askedAgain = missing;
    }
    this.#draw();
  }

  #retry(): boolean {
    const sent = this.#line.send({ type: "retry" });
    if (sent) this.#tell("again");
    return sent;
  }

  #draw(): void {
    this.#view.draw(this.#transcript.turns.map((turn) => this.#pace.slow(turn)));
    this.#tellState();
    const replying = this.#transcript.replying || this.#pace.busy;
    if (this.#wasReplying && !replying) this.#announceReply();
    this.#wasReplying = replying;
  }

  /** A reply that is whole is read out once; while it grows nothing of it is. */
  #announceReply(): void {
    const reply = this.#transcript.turns.filter(({ speaker, state }) => speaker === "interviewer" && state === "complete").at(-1);
    const card = this.root.querySelector("[data-to-card]")?.textContent;
    this.#announce([say(this.root, "complete"), reply?.text, card].filter(Boolean).join(" "));
  }

  #refuse(text: string): void {
    const [rejected] = this.#outbox.waiting;
    if (rejected) {
      this.#outbox.remove(rejected.id);
      this.#view.removeOwn(rejected.id);
      this.#draft.putBack(rejected.text);
    }
    this.#show(text);
    this.#announce(text);
  }

  #showBudget({ budget, may_finish: mayFinish }: Standing): void {
    const line = this.root.querySelector<HTMLElement>("[data-budget]");
    if (line?.dataset.budget && budget) {
      line.textContent = line.dataset.budget.replace("{asked}", String(budget.asked)).replace("{at_most}", String(budget.at_most));
    }
    const finish = this.root.querySelector<HTMLElement>("[data-card-now]");
    if (finish) finish.hidden = !mayFinish;
  }

  #offerCard(url = this.root.dataset.next ?? ""): void {
    if (url === "" || this.root.querySelector("[data-to-card]")) return;
    const link = document.createElement("a");
    link.className = "button is-primary";
    link.dataset.toCard = "";
    link.href = url;
    link.textContent = say(this.root, "card");
    const row = document.createElement("div");
    row.className = "actions";
    row.append(link);
    this.#parts.form.before(row);
    link.scrollIntoView({ block: "nearest" });
    if (!this.#wasReplying) this.#announce([this.#parts.announcer.textContent, link.textContent].join(" ").trim());
  }

  #tell(key: WordKey): void {
    const text = say(this.root, key);
    const news = this.#parts.status.textContent !== text;
    this.#show(text);
    if (news && ANNOUNCED.has(key)) this.#announce(text);
  }

  #show(text: string): void {
    const { status } = this.#parts;
    if (status.textContent !== text) status.textContent = text;
  }

  /** The same words again are no news: setting them once more would have them read once more. */
  #announce(text: string): void {
    const { announcer } = this.#parts;
    if (announcer.textContent !== text) announcer.textContent = text;
  }

  #tellState(otherwise?: WordKey): void {
    if (this.#line.state === "waiting") this.#tell("waiting");
    else if (this.#line.state === "refused") this.#tell("refused");
    else if (this.#transcript.replying || this.#pace.busy) this.#tell("replying");
    else if (otherwise) this.#tell(otherwise);
    else this.#show("");
  }
}

/** Bring the interview on this page to life, if there is one. */
export function startInterview(): Interview | undefined {
  const root = document.querySelector<HTMLElement>("[data-interview]");
  const parts = root ? partsOf(root) : undefined;
  return root && parts ? new Interview(root, parts) : undefined;
}
