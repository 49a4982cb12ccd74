import { once } from "node:events";
import net from "node:net";

/** CommandComplete of COMMIT. https://www.postgresql.org/docs/current/protocol-message-formats.html */
const COMMITTED = Buffer.from("COMMIT\0");

/** The one address of a PostgreSQL that may be elsewhere a moment later, as a virtual address or a pooler is. */
export class Gate {
  readonly #connections = new Set<net.Socket>();
  /** The share of commits whose acknowledgement is lost, with the connection. */
  lostAcknowledgements = 0;
  /** How many were lost. */
  lost = 0;
  readonly #server = net.createServer({ noDelay: true }, (client) => this.#connect(client));

  private constructor(private target: number) {}

  static async open(port: number): Promise<Gate> {
    const gate = new Gate(port);
    gate.#server.listen(0, "127.0.0.1");
    await once(gate.#server, "listening");
    return gate;
  }

  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  /** From now on it leads there; whoever is connected is cut off, so that nobody talks to the former one. */
  leadTo(port: number): void {
    this.target = port;
    for (const connection of this.#connections) connection.destroy();
  }

  close(): void {
    this.leadTo(0);
    this.#server.close();
  }

  #connect(client: net.Socket): void {
    const server = net.connect({ port: this.target, host: "127.0.0.1", noDelay: true });
    const end = (): void => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#connections.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        this.#connections.delete(socket);
        end();
      });
    }
    client.on("data", (bytes) => server.write(bytes));
    server.on("data", (bytes) => {
      if (bytes.includes(COMMITTED) && Math.random() < this.lostAcknowledgements) {
        this.lost++;
        return end();
      }
      client.write(bytes);
    });
  }
}
