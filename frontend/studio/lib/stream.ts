/** Follow a server stream for as long as a component stands. */
import { useEffect, useEffectEvent, useState } from "react";
import { type LineState, openStream, type StreamMessage } from "@/lib/socket";

/**
 * Calls `onEvent` once for each event after `last`, in order; waits while `last` is undefined (its REST answer is on the way).
 * Only the first `last` counts: later events move the position by themselves.
 */
export function useStream<Data>(
  stream: string,
  last: number | undefined,
  onEvent: (message: StreamMessage<Data>) => void,
): LineState {
  const [state, setState] = useState<LineState>("connecting");
  const deliver = useEffectEvent(onEvent);
  const start = useEffectEvent(() => last ?? 0);
  const ready = last !== undefined;

  useEffect(() => {
    if (!ready) return undefined;
    const line = openStream<Data>({
      url: "/ws/streams/",
      stream,
      last: start(),
      onEvent: (message) => { deliver(message); },
      onState: setState,
    });
    return () => { line.close(); };
  }, [stream, ready]);

  return state;
}
