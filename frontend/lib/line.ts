/** A WebSocket that comes back: after a lost line, a locked phone, a restarted server. */

/** How the line stands: refused means that the server will not have us back (rights ended, unknown address). */
export type LineState = "connecting" | "live" | "waiting" | "refused" | "closed";

/** What to do when something happens on the line. */
export interface LineOptions {
  /** Path or full address; http turns into ws. */
  url: string;
  onOpen: () => void;
  onMessage: (message: unknown) => void;
  onState?: (state: LineState) => void;
  /** Asks the server for a sign of life; a line that stays silent after that is given up for a new one. */
  onSilence?: () => void;
  /** Milliseconds before the n-th new try (n from 0). */
  backOff?: (attempt: number) => number;
}

/** An open line. */
export interface Line {
  readonly state: LineState;
  /** How often connecting has failed since it last stood. */
  readonly failures: number;
  /** Send a message; false where the line is down (nothing was sent). */
  send: (message: Record<string, unknown>) => boolean;
  /** Try again now instead of waiting. */
  wake: () => void;
  /** Give up for a reason that will not pass. */
  refuse: () => void;
  close: () => void;
}

const FIRST_REFUSAL_CODE = 4400;
const LAST_REFUSAL_CODE = 4499;
const STALE_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 2500;
const SILENT_AFTER_MS = 20_000;
const ANSWER_WITHIN_MS = 10_000;
const CONNECT_WITHIN_MS = 15_000;

/** Half a second, doubling up to fifteen, less up to a third by chance so that a thousand phones do not return at once. */
export function defaultBackOff(attempt: number): number {
  return Math.min(15_000, 500 * 2 ** attempt) * (0.67 + Math.random() * 0.33);
}

/** The ws(s) address for a path of this site. */
export function socketAddress(url: string): string {
  const address = new URL(url, window.location.href);
  address.protocol = address.protocol.replace(/^http/, "ws");
  return address.href;
}

/** Connect, and stay connected until `close`. */
export function openLine(options: LineOptions): Line {
  const { onOpen, onMessage, onState, onSilence, backOff = defaultBackOff } = options;
  let state: LineState = "connecting";
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let heardAt = Date.now();
  let askedAt = 0;
  let triedAt = 0;

  function move(next: LineState): void {
    if (state === next) return;
    state = next;
    onState?.(next);
  }

  function connect(): void {
    clearTimeout(timer);
    move("connecting");
    triedAt = Date.now();
    const line = new WebSocket(socketAddress(options.url));
    socket = line;
    line.addEventListener("open", () => {
      if (line !== socket) return;
      failures = 0;
      heardAt = Date.now();
      move("live");
      onOpen();
    });
    line.addEventListener("message", (event: MessageEvent<string>) => {
      if (line !== socket) return;
      heardAt = Date.now();
      onMessage(JSON.parse(event.data));
    });
    line.addEventListener("close", ({ code }) => { if (line === socket) lost(code); });
  }

  function lost(code: number): void {
    socket = undefined;
    if (state === "closed" || state === "refused") return;
    if (code >= FIRST_REFUSAL_CODE && code <= LAST_REFUSAL_CODE) {
      end("refused");
      return;
    }
    move("waiting");
    timer = setTimeout(connect, backOff(failures++));
  }

  /** A phone that wakes, or a line that is back: do not wait for the timer, nor trust a line that was long silent. */
  function wake(): void {
    if (document.visibilityState === "hidden") return;
    if (state === "waiting") connect();
    else if (state === "live" && Date.now() - heardAt > STALE_AFTER_MS) replace();
  }

  function replace(): void {
    const old = socket;
    connect();
    old?.close();
  }

  /** A line that died without a word looks like one on which nothing happens: ask, and do not wait for ever to be let in. */
  function look(): void {
    const now = Date.now();
    if (state === "connecting" && now - triedAt > CONNECT_WITHIN_MS) {
      const old = socket;
      lost(0);
      old?.close();
    } else if (state === "live" && onSilence && now - heardAt > SILENT_AFTER_MS) {
      if (askedAt <= heardAt) {
        askedAt = now;
        onSilence();
      } else if (now - askedAt > ANSWER_WITHIN_MS) {
        replace();
      }
    }
  }

  function end(last: "refused" | "closed"): void {
    clearTimeout(timer);
    clearInterval(looking);
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
    move(last);
    const old = socket;
    socket = undefined;
    old?.close();
  }

  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  connect();
  const looking = setInterval(look, LOOK_EVERY_MS);

  return {
    get state() {
      return state;
    },
    get failures() {
      return failures;
    },
    send(message) {
      if (socket?.readyState !== 1) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    wake,
    refuse: () => { end("refused"); },
    close: () => { end("closed"); },
  };
}
