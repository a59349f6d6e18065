/** What the server says on the interview's socket. */
import type { Finished, Frame, Turn } from "./transcript";

/** How far the interview is; sent after every reply. */
export interface Standing {
  phase: string;
  budget?: { asked: number; at_most: number };
  may_finish: boolean;
  card_url?: string;
  interviewer?: string;
  pause?: string;
}

/** Where everything stands; sent at every connection. */
export interface StateMessage extends Standing {
  type: "state";
  turns: Turn[];
  draft: string;
  slow?: boolean;
}

/** Every message of the server. */
export type ServerMessage =
  | StateMessage
  | ({ type: "standing" } & Standing)
  | { type: "turn"; turn: Turn }
  | ({ type: "frame" } & Frame)
  | { type: "replying"; position: number }
  | ({ type: "done" } & Finished)
  | { type: "card_ready"; url?: string }
  | { type: "notice"; code: string; message: string }
  | { type: "error"; code: string; message: string }
  | { type: "saved" };
