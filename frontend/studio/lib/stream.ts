/** Follow a server stream for as long as a component stands. */
import { useEffect, useEffectEvent, useState } from "react";
import { type LineState, openStream, type StreamMessage } from "@/lib/socket";

/**
 * Calls `onEvent` once for each event after `last`, in order; waits while `last` is undefined (its REST answer is on the way).
 * Only the first `last` counts: later events move the position by themselves. With `readAnew`, which reads that answer again and
 * gives its number, somebody who was long away gets the answer instead of all that happened since.
 */
export function useStream<Data>(
  stream: string,
  last: number | undefined,
  onEvent: (message: StreamMessage<Data>) => void,
  readAnew?: () => Promise<number>,
): LineState {
  const [state, setState] = useState<LineState>("connecting");
  const deliver = useEffectEvent(onEvent);
  const start = useEffectEvent(() => last ?? 0);
  const again = useEffectEvent(async () => (await readAnew?.()) ?? 0);
  const canReadAnew = readAnew !== undefined;
  const ready = last !== undefined;

  useEffect(() => {
    if (!ready) return undefined;
    const line = openStream<Data>({
      url: "/ws/streams/",
      stream,
      last: start(),
      onEvent: (message) => { deliver(message); },
      onState: setState,
      readAnew: canReadAnew ? () => again() : undefined,
    });
    return () => { line.close(); };
  }, [stream, ready, canReadAnew]);

  return state;
}
