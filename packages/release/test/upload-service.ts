import * as crypto from "node:crypto";
import type { EventEmitter } from "node:events";
import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import type { AddressInfo } from "node:net";
import * as zlib from "node:zlib";
import { generate } from "selfsigned";

/** WeChat's own host, which the proxy below leads to the stand-in; every other host is refused. */
const HOST = "servicewechat.com";

/** What arrived as upload or preview. */
export interface Arrived {
  path: string;
  query: Record<string, string>;
  files: Map<string, Buffer>;
}

export interface UploadService {
  /** For NODE_EXTRA_CA_CERTS. */
  certificate: string;
  /** For HTTPS_PROXY. */
  proxy: string;
  arrived: Arrived[];
  /** The picture that a preview gets. */
  drawing: Buffer;
  /** Makes uploads and previews answer this instead. */
  refuse(errCode: number, errMsg: string): void;
  stop(): Promise<void>;
}

/**
 * A stand-in for the service that miniprogram-ci uploads to: it hands out random strings, checks each signature with
 * the project's public key (RSA, PKCS #1, over AppID and random string) and unpacks what is sent.
 */
export async function startUploadService(publicKey: string): Promise<UploadService> {
  const { private: key, cert } = generate([{ name: "commonName", value: HOST }], {
    keySize: 2048,
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: HOST }] }],
  });
  const arrived: Arrived[] = [];
  let randomString = "";
  let refusal: object | null = null;

  const signed = (signature: string) => {
    try {
      const text = crypto.publicDecrypt(publicKey, Buffer.from(signature, "base64")).toString();
      return (JSON.parse(text) as { rand_str: string }).rand_str === randomString;
    } catch {
      return false;
    }
  };

  const answer = (path: string, query: URLSearchParams, body: Buffer): object => {
    if (path === "/wxa/ci/getrandstr") {
      randomString = crypto.randomBytes(16).toString("hex");
      return { errCode: 0, data: { randomString } };
    }
    if (path === "/wxa/ci/getattr") {
      const { signature } = JSON.parse(body.toString()) as { signature: string };
      return signed(signature) ? { errCode: 0, data: ATTRIBUTES } : WRONG_KEY;
    }
    if (path === "/wxa/ci/getwhiteextlist") return { errCode: 0, data: {} };
    if (path === "/wxa-dev-logic/clientreportv2") return {};
    if (refusal) return refusal;
    const files = unpack(zlib.gunzipSync(body));
    const proof = JSON.parse(String(files.get("/ci.signature"))) as { signature: string };
    if (!signed(proof.signature)) return WRONG_KEY;
    arrived.push({ path, query: Object.fromEntries(query), files });
    const size = [...files].reduce((sum, [name, file]) => sum + (name.endsWith(".map") ? 0 : file.length), 0);
    return {
      errCode: 0,
      body: { qrcode_img: self.drawing.toString("base64"), subpackage_info: [{ name: "__FULL__", size }] },
    };
  };

  const service = https.createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname, searchParams } = new URL(request.url ?? "", `https://${HOST}`);
      response.end(JSON.stringify(answer(pathname, searchParams, Buffer.concat(chunks))));
    });
  });
  await listening(service);

  const sockets = new Set<net.Socket>();
  const proxy = http.createServer().on("connect", (request: http.IncomingMessage, client: net.Socket) => {
    if (request.url !== `${HOST}:443`) {
      client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    const upstream = net.connect((service.address() as AddressInfo).port, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => [client, upstream].forEach((end) => end.destroy()));
    }
  });
  await listening(proxy);

  const self: UploadService = {
    certificate: cert,
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    arrived,
    drawing: Buffer.alloc(0),
    refuse: (errCode, errMsg) => (refusal = { errCode, errMsg }),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all([service, proxy].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
  return self;
}

/** Seen in the field for a key that is not the AppID's, or no longer. */
const WRONG_KEY = { errCode: -1, errMsg: "get new ticket fail: innerCode: -80011" };

const ATTRIBUTES = {
  platform: false,
  appType: 0,
  isSandbox: false,
  released: true,
  setting: {
    MaxCodeSize: 2,
    MaxSubpackageSubCodeSize: 2,
    MaxSubpackageFullCodeSize: 20,
    NavigateMiniprogramLimit: 10,
    MaxSubPackageLimit: 100,
    MinTabbarCount: 2,
    MaxTabbarCount: 5,
    MaxCustomTabbarCount: 10,
    MaxTabbarIconSize: 40,
  },
};

/** The container: 18 bytes of head, the last four of them the number of files; per file name, offset and length. */
function unpack(container: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 18;
  for (let left = container.readInt32BE(14); left > 0; left -= 1) {
    const named = at + 4 + container.readInt32BE(at);
    const offset = container.readInt32BE(named);
    const length = container.readInt32BE(named + 4);
    files.set(container.toString("utf8", at + 4, named), container.subarray(offset, offset + length));
    at = named + 8;
  }
  return files;
}

function listening(server: net.Server & EventEmitter): Promise<void> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
}
