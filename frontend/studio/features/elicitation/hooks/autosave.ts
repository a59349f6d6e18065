/** A protocol that saves itself a moment after each change, can be taken back, and notices other people's savings. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { ApiError } from "@/lib/request";
import { fetchProtocol, protocolQuery, saveProtocol } from "../api/protocol";
import type { Protocol, ProtocolView } from "../api/types";
import { differences } from "./protocol-draft";

const AFTER_MS = 800;
const REMEMBERED = 50;

/** Where a change stands. */
export type SaveState = "saved" | "unsaved" | "saving" | "conflict" | "failed";

/** What the editor holds. */
export interface Draft {
  protocol: Protocol;
  state: SaveState;
  problems: Readonly<Record<string, string[]>>;
  change: (next: Protocol) => void;
  undo?: () => void;
  /** What somebody else saved in between, and the two ways out. */
  theirs?: Theirs;
}

/** A saving by somebody else that stands against one's own. */
export interface Theirs {
  protocol: Protocol;
  /** The parts that differ. */
  differ: readonly string[];
  /** Go on with theirs; one's own comes back by undo. */
  take: () => void;
  /** Save one's own over theirs. */
  overwrite: () => void;
}

/** The draft of a study's protocol; the server's answer after each saving goes into the query. */
export function useProtocolDraft(slug: string, view: ProtocolView): Draft {
  const queries = useQueryClient();
  const [protocol, setProtocol] = useState(view.draft);
  const [past, setPast] = useState<readonly Protocol[]>([]);
  const [state, setState] = useState<SaveState>("saved");
  const [problems, setProblems] = useState<Readonly<Record<string, string[]>>>({});
  const [other, setOther] = useState<ProtocolView>();
  const revision = useRef(view.revision);

  const save = useEffectEvent(async () => {
    setState("saving");
    const sent = protocol;
    try {
      const saved = await saveProtocol(slug, sent, revision.current);
      revision.current = saved.revision;
      queries.setQueryData(protocolQuery(slug).queryKey, saved);
      setProblems({});
      setState((now) => (now === "saving" ? "saved" : now));
    } catch (error) {
      setProblems(error instanceof ApiError ? error.fields : {});
      const isConflict = error instanceof ApiError && error.status === 409;
      setState(isConflict ? "conflict" : "failed");
      if (isConflict) fetchProtocol(slug).then(setOther, () => { setState("failed"); });
    }
  });
  useEffect(() => {
    if (state !== "unsaved") return undefined;
    const timer = setTimeout(() => { void save(); }, AFTER_MS);
    return () => { clearTimeout(timer); };
  }, [state, protocol]);

  const put = (next: Protocol): void => { setProtocol(next); setState((now) => (now === "conflict" ? now : "unsaved")); };
  const last = past.at(-1);
  const settle = (found: ProtocolView, next: Protocol, then: SaveState): void => {
    revision.current = found.revision;
    queries.setQueryData(protocolQuery(slug).queryKey, found);
    setOther(undefined);
    setProtocol(next);
    setState(then);
  };
  return {
    protocol, state, problems,
    change: (next) => { setPast([...past.slice(1 - REMEMBERED), protocol]); put(next); },
    undo: last && (() => { setPast(past.slice(0, -1)); put(last); }),
    theirs: other && {
      protocol: other.draft,
      differ: differences(protocol, other.draft),
      take: () => { setPast([...past, protocol]); settle(other, other.draft, "saved"); },
      overwrite: () => { settle(other, protocol, "unsaved"); },
    },
  };
}
