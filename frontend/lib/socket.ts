/**
 * One event stream over a WebSocket, delivered once, in order, without a gap.
 *
 * The client remembers the last number that it has and says it at every connection; the server sends the rest. Reload,
 * a locked phone, a lost line and a restarted server all go through this one path.
 */
import { type LineState, openLine } from "./line";

export type { LineState } from "./line";

/** One event of a stream; `seq` grows by one from event to event. */
export interface StreamMessage<Data = unknown> {
  stream: string;
  seq: number;
  kind: string;
  data: Data;
}

/** What to follow, from where, and whom to tell. */
export interface StreamOptions<Data> {
  /** Path or full address; http turns into ws. */
  url: string;
  stream: string;
  /** The last number already seen, when the page was drawn with what came before. */
  last?: number;
  onEvent: (message: StreamMessage<Data>) => void;
  onState?: (state: LineState) => void;
  /** Milliseconds before the n-th new try (n from 0). */
  backOff?: (attempt: number) => number;
}

/** An open stream. */
export interface EventStream {
  readonly last: number;
  readonly state: LineState;
  close: () => void;
}

function isEvent<Data>(message: unknown): message is StreamMessage<Data> {
  return typeof message === "object" && message !== null && typeof (message as Partial<StreamMessage>).seq === "number";
}

function isRefusal(message: unknown): boolean {
  return (message as { type?: unknown } | null)?.type === "error";
}

/** Follow a stream until `close`. */
export function openStream<Data = unknown>(options: StreamOptions<Data>): EventStream {
  const { url, stream, onEvent, onState, backOff } = options;
  let last = options.last ?? 0;
  let askedFrom = -1;

  function subscribe(): void {
    askedFrom = last;
    line.send({ type: "subscribe", stream, last });
  }

  function receive(message: unknown): void {
    if ((message as Partial<StreamMessage> | null)?.stream !== stream) return;
    if (isRefusal(message)) line.refuse();
    if (!isEvent<Data>(message) || message.seq <= last) return;
    // A hole: ask once for what lies between. If the answer starts at the same place, nothing does.
    if (message.seq > last + 1 && askedFrom !== last) {
      subscribe();
      return;
    }
    last = message.seq;
    onEvent(message);
  }

  const line = openLine({ url, onOpen: subscribe, onMessage: receive, onState, backOff });

  return {
    get last() {
      return last;
    },
    get state() {
      return line.state;
    },
    close: line.close,
  };
}
