import { expect, test } from "@jest/globals";
import * as QRCode from "qrcode";
import { drawnInTerminal } from "../src/qr-code";

test("a preview's QR code is drawn in the terminal, row by row", async () => {
  const text = await drawnInTerminal(await QRCode.toBuffer("https://example.com/preview"));
  // The smallest code has 21 rows; each cell is two blanks on a black or white ground.
  const rows = text.split("\n").filter((line) => line.split("m  \u001b[0m").length > 21);
  expect(rows.length).toBeGreaterThan(21);
});
