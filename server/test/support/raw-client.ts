import { once } from "node:events";
import net from "node:net";

/** A client that speaks HTTP byte by byte, as no library does. */
export class RawClient {
  heard = "";
  readonly ended: Promise<unknown>;

  private constructor(readonly socket: net.Socket) {
    this.ended = once(socket, "close");
    socket.on("error", () => undefined);
  }

  /** `reads`: whether it takes what it is sent. */
  static async connect(port: number, reads = true): Promise<RawClient> {
    const socket = net.connect(port, "127.0.0.1");
    await once(socket, "connect");
    const client = new RawClient(socket);
    if (reads) socket.on("data", (bytes) => (client.heard += bytes.toString()));
    else socket.pause();
    return client;
  }

  send(text: string): void {
    this.socket.write(text);
  }

  get(path: string): void {
    this.send(`GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`);
  }

  /** Resolves when it has heard this. */
  async hears(text: string): Promise<void> {
    while (!this.heard.includes(text)) await Promise.race([once(this.socket, "data"), this.ended]);
  }
}
