/** A WebSocket that a test drives by hand. */
export class FakeWebSocket extends EventTarget {
  static made: FakeWebSocket[] = [];
  static get latest(): FakeWebSocket {
    const socket = FakeWebSocket.made.at(-1);
    if (!socket) throw new Error("No socket was opened.");
    return socket;
  }

  readonly sent: unknown[] = [];
  readyState = 0;

  constructor(readonly url: string | URL) {
    super();
    FakeWebSocket.made.push(this);
  }

  /** The server accepts. */
  accept(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
  }

  /** The server says something. */
  say(message: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
  }

  /** The line breaks, or the server closes with `code`. */
  drop(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(new CloseEvent("close", { code }));
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    if (this.readyState < 2) this.drop(1000);
  }
}
