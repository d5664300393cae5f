import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { packOwnPage } from "./pack-own-page.ts";

const PAGE = `<!DOCTYPE html><p>${"盐源苹果 特级 ".repeat(400)}</p>`;

async function packed(accepted: string | null, method = "GET") {
  const headers = new Headers(accepted === null ? [] : [["accept-encoding", accepted]]);
  const request = new Request("http://market.test/coop", { method, headers });
  const answer = await packOwnPage(PAGE, request, 422, new Headers({ vary: "Cookie" }));
  const [encoding, vary] = ["content-encoding", "vary"].map((name) => answer.headers.get(name));
  return { status: answer.status, encoding, vary, bytes: Buffer.from(await answer.arrayBuffer()) };
}

test("a page drawn for one reader is the same page however her browser takes it", async () => {
  const plain = (bytes: Buffer) => bytes;
  for (const [accepted, encoding, unpack] of [
    ["gzip, deflate, br", "br", brotliDecompressSync],
    ["gzip, deflate", "gzip", gunzipSync],
    ["br;q=0, gzip", "gzip", gunzipSync],
    ["identity", null, plain],
    [null, null, plain],
  ] as const) {
    const answer = await packed(accepted);
    expect(answer).toMatchObject({ status: 422, encoding, vary: "Cookie, Accept-Encoding" });
    expect(unpack(answer.bytes).toString()).toBe(PAGE);
    if (encoding) expect(answer.bytes.byteLength).toBeLessThan(PAGE.length / 4);
  }
});

test("who asks for the headers alone has nothing packed for her", async () => {
  expect((await packed("gzip", "HEAD")).encoding).toBeNull();
});
