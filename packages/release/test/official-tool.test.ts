import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import * as crypto from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type * as OfficialTool from "../src/official-tool";
import type { SendJob } from "../src/job";
import { explainRefusal } from "../src/refusal";
import { compiled, FIXTURE } from "./cli";
import { startUploadService, type UploadService } from "./upload-service";

/** One run takes seconds of processor time, and the machine may be busy. */
jest.setTimeout(120_000);

// The compiled one: the tool runs in a process of its own, from the script beside it.
const { compile, send } = jest.requireActual<typeof OfficialTool>(compiled("official-tool"));

const pair = () =>
  crypto.generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
const { publicKey, privateKey } = pair();
const job: SendJob = {
  kind: "preview",
  dist: FIXTURE,
  appId: "wx0123456789abcdef",
  privateKey,
  version: "1.4.2",
  description: "",
  robot: 1,
  page: "routes/explore",
  query: "userPoolId=p1",
};

let service: UploadService;
let certificate: string;

beforeEach(async () => {
  service = await startUploadService(publicKey);
  certificate = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "certificate-")), "certificate.pem");
  fs.writeFileSync(certificate, service.certificate);
});

afterEach(async () => {
  await service.stop();
  fs.rmSync(path.dirname(certificate), { recursive: true });
});

/** Sends through the stand-in, which answers in this process. */
function sending(changes: Partial<SendJob> = {}): ReturnType<typeof send> {
  const env = { PATH: process.env["PATH"], HTTPS_PROXY: service.proxy, NODE_EXTRA_CA_CERTS: certificate };
  return send({ ...job, ...changes }, env);
}

/** What the tool says when WeChat refuses. A run of it takes seconds, so the other takes its time in the soak. */
const REFUSALS = [
  {
    refused: "a key that is not the applet's",
    upload: { privateKey: pair().privateKey },
    told: "the key is not that of wx0123456789abcdef, or it has been reset",
  },
  {
    refused: "an address that is not on the key's list",
    answer: "invalid ip: 203.0.113.9, reference: https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html",
    told: "address 203.0.113.9 is not on the key's list. Add it (mp.weixin",
  },
].slice(0, process.env["SOAK"] ? undefined : 1);

test.each(REFUSALS)("$refused is refused, and the operator is told what to do", async ({ upload, answer, told }) => {
  if (answer !== undefined) service.refuse(-10008, answer);
  const outcome = await sending({ kind: "upload", ...upload });
  expect(service.arrived).toEqual([]);
  expect(explainRefusal(outcome as never, job)).toContain(told);
});

test("without a way to WeChat the operator is told to look at the network", async () => {
  await service.stop();
  const outcome = await sending({ kind: "upload" });
  expect(explainRefusal(outcome as never, job)).toContain("servicewechat.com did not answer (ECONNREFUSED)");
});

test("a compiler that does not answer is given up", async () => {
  expect(await compile({ dist: FIXTURE }, 10)).toEqual({
    kind: "failed",
    code: null,
    message: "ETIMEDOUT: no answer for 0.01 seconds",
  });
});

test("a build that is not there is named", async () => {
  expect(await compile({ dist: path.resolve("no-such-build") })).toMatchObject({
    kind: "failed",
    message: expect.stringContaining("no-such-build"),
  });
});
