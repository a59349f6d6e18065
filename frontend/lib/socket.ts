/**
 * One event stream over a WebSocket, delivered once, in order, without a gap.
 *
 * The client remembers the last number that it has and says it at every connection; the server sends the rest. Reload,
 * a locked phone, a lost line and a restarted server all go through this one path.
 */

/** One event of a stream; `seq` grows by one from event to event. */
export interface StreamMessage<Data = unknown> {
  stream: string;
  seq: number;
  kind: string;
  data: Data;
}

/** How the line stands: refused means that the server will not have us back (rights ended, unknown stream). */
export type LineState = "connecting" | "live" | "waiting" | "refused" | "closed";

export interface StreamOptions<Data> {
  /** Path or full address; http turns into ws. */
  url: string;
  stream: string;
  /** The last number already seen, when the page was rendered with what came before. */
  last?: number;
  onEvent: (message: StreamMessage<Data>) => void;
  onState?: (state: LineState) => void;
  /** Messages that are not events of this stream (errors, acknowledgements). */
  onOther?: (message: Record<string, unknown>) => void;
  /** Milliseconds before the n-th new try (n from 0). */
  backOff?: (attempt: number) => number;
}

/** An open stream. */
export interface EventStream {
  readonly last: number;
  readonly state: LineState;
  /** Send a typed message; false where the line is down (nothing was sent). */
  send: (message: Record<string, unknown>) => boolean;
  /** Ask again from the last number. */
  resume: () => void;
  close: () => void;
}

const FIRST_REFUSAL_CODE = 4400;
const STALE_AFTER_MS = 10_000;

/** Half a second, doubling up to fifteen, with a third of chance so that a thousand phones do not return at once. */
export function defaultBackOff(attempt: number): number {
  return Math.min(15_000, 500 * 2 ** attempt) * (0.67 + Math.random() * 0.33);
}

/** The ws(s) address for a path of this site. */
export function socketAddress(url: string): string {
  const address = new URL(url, window.location.href);
  address.protocol = address.protocol.replace(/^http/, "ws");
  return address.href;
}

function isEvent<Data>(message: unknown, stream: string): message is StreamMessage<Data> {
  if (typeof message !== "object" || message === null) return false;
  const { stream: name, seq } = message as Partial<StreamMessage>;
  return name === stream && typeof seq === "number";
}

/** Follow a stream until `close`. */
export function openStream<Data = unknown>(options: StreamOptions<Data>): EventStream {
  const { stream, onEvent, onState, onOther, backOff = defaultBackOff } = options;
  let last = options.last ?? 0;
  let state: LineState = "connecting";
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let asked = -1;
  let heardAt = Date.now();

  function move(next: LineState): void {
    if (state === next) return;
    state = next;
    onState?.(next);
  }

  function subscribe(): void {
    asked = last;
    socket?.send(JSON.stringify({ type: "subscribe", stream, last }));
  }

  function receive(event: MessageEvent<string>): void {
    heardAt = Date.now();
    const message: unknown = JSON.parse(event.data);
    if (!isEvent<Data>(message, stream)) {
      onOther?.(message as Record<string, unknown>);
      return;
    }
    if (message.seq <= last) return;
    // A hole: ask once for what lies between. If the answer starts at the same place there is nothing between.
    if (message.seq > last + 1 && asked !== last) {
      subscribe();
      return;
    }
    last = message.seq;
    onEvent(message);
  }

  function connect(): void {
    clearTimeout(timer);
    timer = undefined;
    move("connecting");
    const line = new WebSocket(socketAddress(options.url));
    socket = line;
    line.addEventListener("open", () => {
      attempt = 0;
      heardAt = Date.now();
      subscribe();
      move("live");
    });
    line.addEventListener("message", (event: MessageEvent<string>) => {
      if (line === socket) receive(event);
    });
    line.addEventListener("close", ({ code }) => {
      if (line !== socket || state === "closed") return;
      socket = undefined;
      if (code >= FIRST_REFUSAL_CODE && code < 5000) {
        stopListening();
        move("refused");
        return;
      }
      move("waiting");
      timer = setTimeout(connect, backOff(attempt++));
    });
  }

  /** A phone that wakes, or a line that is back: do not wait for the timer, nor trust a line that was silent. */
  function wake(): void {
    if (document.visibilityState === "hidden") return;
    if (state === "waiting") {
      attempt = 0;
      connect();
    } else if (state === "live" && Date.now() - heardAt > STALE_AFTER_MS) {
      const old = socket;
      connect();
      old?.close();
    }
  }

  function stopListening(): void {
    clearTimeout(timer);
    window.removeEventListener("online", wake);
    document.removeEventListener("visibilitychange", wake);
  }

  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  connect();

  return {
    get last() {
      return last;
    },
    get state() {
      return state;
    },
    send(message) {
      if (socket?.readyState !== 1) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    resume: wake,
    close() {
      stopListening();
      move("closed");
      socket?.close();
      socket = undefined;
    },
  };
}
