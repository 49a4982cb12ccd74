import net from "node:net";
import { Client } from "pg";

/** What PgBouncer takes of a client's start-up; anything else it refuses. */
const KNOWN = new Set(["user", "database", "client_encoding", "application_name", "datestyle", "timezone"]);

/** Close of a statement that no connection has: stands in place of a Parse of one that it has, to be answered in its turn. */
const PLACEHOLDER = message("C", Buffer.from("Snone\0"));

interface Parsing {
  /** Missing: a placeholder. */
  name?: string;
  /** The number of the Sync that follows. */
  sync: number;
  /** The pooler asked for it, so the client is not told. */
  isOwn: boolean;
}

interface Backend {
  socket: net.Socket;
  statements: Set<string>;
  /** In order, until it is answered. */
  parsing: Parsing[];
  /** How many of Query and Sync it was sent, and has answered. */
  asked: number;
  answered: number;
  client: PooledClient | undefined;
}

interface Options {
  /** An address of PostgreSQL with its database. */
  target: string;
  /** Connections to it. */
  connections: number;
  /** Whether statements are prepared anew on a connection that lacks them, as PgBouncer does since 1.21. */
  remembers: boolean;
}

/**
 * A pooler in transaction mode, as small as it can be: every transaction gets the connection that has been idle for the
 * shortest time, whoever used it before. https://www.postgresql.org/docs/current/protocol-message-formats.html
 * As PgBouncer it knows each client's statements by the names that the client gave them, from the Parse on and whatever comes
 * of it (https://www.pgbouncer.org/config.html#max_prepared_statements). A client that gives a name twice is sent away, see
 * handle_parse_command in https://github.com/pgbouncer/pgbouncer/blob/master/src/prepare.c. Close, which would free the name, is
 * left out: node-postgres sends none.
 */
export class Pooler {
  readonly #backends: Backend[] = [];
  readonly #idle: Backend[] = [];
  readonly #waiting: PooledClient[] = [];
  readonly #clients = new Set<net.Socket>();
  /** How often a client asked while none of its questions was open. */
  roundTrips = 0;
  readonly #server = net.createServer({ noDelay: true }, (socket) => {
    this.#clients.add(socket);
    socket.on("error", () => socket.destroy());
    PooledClient.greet(socket, this);
  });

  private constructor(readonly options: Options) {}

  static async start(options: Options): Promise<Pooler> {
    const pooler = new Pooler(options);
    for (let nth = 0; nth < options.connections; nth++) pooler.#idle.push(await pooler.#connect());
    await new Promise<void>((resolve) => pooler.#server.listen(0, "127.0.0.1", resolve));
    return pooler;
  }

  /** What stands in place of the target's address. */
  get url(): string {
    const { port } = this.#server.address() as net.AddressInfo;
    return Object.assign(new URL(this.options.target), { port: String(port) }).href;
  }

  async stop(): Promise<void> {
    for (const socket of [...this.#clients, ...this.#backends.map((one) => one.socket)]) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Gives a client a connection for its next transaction: now, or when one is idle again. */
  assign(client: PooledClient): void {
    const backend = this.#idle.pop();
    if (!backend) return void this.#waiting.push(client);
    backend.client = client;
    client.attach(backend);
  }

  release(backend: Backend): void {
    backend.client = undefined;
    this.#idle.push(backend);
    const next = this.#waiting.shift();
    if (next) this.assign(next);
  }

  /** Lets node-postgres sign in, and takes the socket from it. */
  async #connect(): Promise<Backend> {
    const client = new Client({ connectionString: this.options.target });
    await client.connect();
    const { stream: socket } = (client as unknown as { connection: { stream: net.Socket } }).connection;
    socket.removeAllListeners();
    const backend: Backend = { socket, statements: new Set(), parsing: [], asked: 0, answered: 0, client: undefined };
    socket.on("error", () => socket.destroy());
    onMessages(socket, (received) => backend.client?.answered(received));
    this.#backends.push(backend);
    return backend;
  }
}

class PooledClient {
  #backend: Backend | undefined;
  #isWaiting = false;
  #queued: Buffer[] = [];
  /** Answers to Query and Sync that are still to come. */
  #open = 0;
  readonly #parsed = new Map<string, Buffer>();

  private constructor(
    private readonly socket: net.Socket,
    private readonly pooler: Pooler,
  ) {}

  static greet(socket: net.Socket, pooler: Pooler): void {
    socket.once("data", (startup) => {
      const fields = startup.subarray(8).toString("latin1").split("\0");
      const unknown = fields.find((name, nth) => nth % 2 === 0 && name !== "" && !KNOWN.has(name.toLowerCase()));
      if (unknown !== undefined) {
        sendAway(socket, `unsupported startup parameter: ${unknown}`);
        return;
      }
      socket.write(Buffer.concat([message("R", Buffer.alloc(4)), message("Z", Buffer.from("I"))]));
      const client = new PooledClient(socket, pooler);
      onMessages(socket, (sent) => client.#asked(sent));
    });
  }

  attach(backend: Backend): void {
    this.#isWaiting = false;
    this.#backend = backend;
    for (const sent of this.#queued.splice(0)) this.#pass(backend, sent);
  }

  answered(received: Buffer): void {
    const type = String.fromCharCode(received[0] ?? 0);
    const backend = this.#backend;
    if (!backend) return;
    // ParseComplete, and CloseComplete of a placeholder.
    if (type === "1" || type === "3") {
      if (backend.parsing.shift()?.isOwn !== true) this.socket.write(message("1", Buffer.alloc(0)));
      return;
    }
    // Nothing more is done until the next Sync.
    if (type === "E") {
      const lost = backend.parsing.filter(({ sync }) => sync === backend.answered);
      for (const { name } of lost) if (name !== undefined) backend.statements.delete(name);
      backend.parsing.splice(0, lost.length);
    }
    if (type === "Z") backend.answered++;
    this.socket.write(received);
    if (type !== "Z") return;
    this.#open--;
    if (this.#open > 0 || received[5] !== "I".charCodeAt(0)) return;
    this.#backend = undefined;
    this.pooler.release(backend);
  }

  #asked(sent: Buffer): void {
    if (sent[0] === "X".charCodeAt(0)) return;
    if (this.#backend) return this.#pass(this.#backend, sent);
    this.#queued.push(sent);
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.pooler.assign(this);
  }

  #pass(backend: Backend, sent: Buffer): void {
    const type = String.fromCharCode(sent[0] ?? 0);
    if (type === "Q" || type === "S") {
      if (this.#open === 0) this.pooler.roundTrips++;
      this.#open++;
      backend.asked++;
    }
    if (this.pooler.options.remembers && type === "P") {
      const name = textAt(sent, 5);
      if (this.#parsed.has(name)) {
        // PostgreSQL ends the client's transaction with it.
        backend.socket.destroy();
        return sendAway(this.socket, "prepared statement name is already in use");
      }
      this.#parsed.set(name, sent);
      if (!backend.statements.has(name)) return prepare(backend, name, sent, false);
      backend.parsing.push({ sync: backend.asked, isOwn: false });
      return void backend.socket.write(PLACEHOLDER);
    }
    if (this.pooler.options.remembers && type === "B") {
      // After the portal's name.
      const name = textAt(sent, 5 + textAt(sent, 5).length + 1);
      const parse = this.#parsed.get(name);
      if (parse && !backend.statements.has(name)) prepare(backend, name, parse, true);
    }
    backend.socket.write(sent);
  }
}

function prepare(backend: Backend, name: string, parse: Buffer, isOwn: boolean): void {
  backend.statements.add(name);
  backend.parsing.push({ name, sync: backend.asked, isOwn });
  backend.socket.write(parse);
}

/** protocol_violation */
function sendAway(client: net.Socket, why: string): void {
  client.end(message("E", Buffer.from(`SFATAL\0C08P01\0M${why}\0\0`, "latin1")));
}

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function textAt(bytes: Buffer, start: number): string {
  return bytes.toString("latin1", start, bytes.indexOf(0, start));
}

function onMessages(socket: net.Socket, told: (message: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on("data", (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    while (rest.length >= 5 && rest.length >= rest.readInt32BE(1) + 1) {
      const end = rest.readInt32BE(1) + 1;
      told(rest.subarray(0, end));
      rest = rest.subarray(end);
    }
  });
}
