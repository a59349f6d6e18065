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
  /** Reads the whole anew and answers its last number: instead of many missed events, one by one. */
  readAnew?: () => Promise<number>;
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

function typeOf(message: unknown): unknown {
  return (message as { type?: unknown } | null)?.type;
}

/** More missed events than these are not worth telling one by one. */
const MOST_MISSED = 200;

/** Follow a stream until `close`. */
export function openStream<Data = unknown>(options: StreamOptions<Data>): EventStream {
  const { url, stream, onEvent, onState, readAnew, backOff } = options;
  let last = options.last ?? 0;
  let askedFrom = -1;

  function subscribe(): void {
    askedFrom = last;
    line.send({ type: "subscribe", stream, last, ...(readAnew && { most: MOST_MISSED }) });
  }

  async function catchUp(read: () => Promise<number>): Promise<void> {
    try {
      last = Math.max(last, await read());
    } catch {
      return; // Asked again after the next silence.
    }
    subscribe();
  }

  function receive(message: unknown): void {
    if ((message as Partial<StreamMessage> | null)?.stream !== stream) return;
    if (typeOf(message) === "error") line.refuse();
    if (typeOf(message) === "subscribed") askedFrom = -1;
    if (typeOf(message) === "behind" && readAnew) void catchUp(readAnew);
    if (!isEvent<Data>(message) || message.seq <= last) return;
    // A hole: ask once for what lies between. If the answer starts at the same place, nothing does.
    if (message.seq > last + 1 && askedFrom !== last) {
      subscribe();
      return;
    }
    last = message.seq;
    onEvent(message);
  }

  const line = openLine({ url, onOpen: subscribe, onMessage: receive, onState, onSilence: subscribe, backOff });

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
