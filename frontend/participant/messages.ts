/** What the server says on the interview's socket. */
import type { Frame, Turn } from "./transcript";

/** Where everything stands; sent at every connection. */
export interface StateMessage {
  type: "state";
  turns: Turn[];
  draft: string;
  phase: string;
  budget?: { asked: number; at_most: number };
  may_finish: boolean;
  card_url?: string;
}

/** Every message of the server. */
export type ServerMessage =
  | StateMessage
  | { type: "turn"; turn: Turn }
  | ({ type: "frame" } & Frame)
  | { type: "replying"; position: number }
  | { type: "done"; position: number; text: string }
  | { type: "card_ready"; url?: string }
  | { type: "notice"; code: string; message: string }
  | { type: "error"; code: string; message: string }
  | { type: "saved" };
