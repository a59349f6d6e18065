/** The live room: read once, then moved by its stream alone. */
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { LineState } from "@/lib/socket";
import { useStream } from "@/studio/lib/stream";
import { roomQuery } from "../api/participants";
import { placesQuery } from "../api/places";
import type { Room, RoomEvent } from "../api/types";
import { withEvent } from "./standing";

const TICK_MS = 5000;
const SOON_MS = 2000;

/** The room and the state of the line. */
export function useLiveRoom(slug: string): { result: UseQueryResult<Room>; line: LineState } {
  const queries = useQueryClient();
  const options = roomQuery(slug);
  const result = useQuery(options);
  const soon = useSoon();
  const line = useStream<RoomEvent>(`study/${slug}/room`, result.data?.seq, ({ data, seq }) => {
    if (!("steps" in data)) {
      const known = queries.getQueryData(options.queryKey)?.participants.find(({ id }) => id === data.id);
      if (known?.step !== data.step) soon(() => { void queries.invalidateQueries({ queryKey: placesQuery(slug).queryKey }); });
    }
    queries.setQueryData(options.queryKey, (room) => room && withEvent(room, data, seq));
  });
  return { result, line };
}

/** Do once, after a moment, what many things at once ask for: a crowd must not ask the server at each of its steps. */
function useSoon(): (act: () => void) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  return (act) => {
    timer.current ??= setTimeout(() => { timer.current = undefined; act(); }, SOON_MS);
  };
}

/** The time, again every few seconds, so that "gone" comes by itself. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => { setNow(Date.now()); }, TICK_MS);
    return () => { clearInterval(timer); };
  }, []);
  return now;
}
