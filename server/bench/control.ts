import http from "node:http";
import { serve } from "./child";

const BODY = JSON.stringify({ answer: "x".repeat(287) });

/** The control: the least that Node can do for a request, a GET that is answered with 300 bytes. */
const server = http.createServer((_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": BODY.length }).end(BODY);
});
serve(server, {});
