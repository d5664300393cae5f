import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { openLine } from "#tests/setup/line.ts";
import { type PhotoBucket, photoBuckets } from "#tests/setup/photo-buckets.ts";
import { readBucket } from "./bucket-address.ts";
import { type PhotoStore, PhotoStoreAwayError } from "./photo-store.ts";
import { photoStoreInBucket, tryBucket } from "./photo-store-s3.ts";
import { photoResponse } from "./serve-photo.ts";

const HASH = "0123456789abcdef0123456789abcdef";
const NAME = `${HASH}-640.avif`;
const BYTES = Buffer.from("pretend this is a picture");
const HURRIED = { connect: 200, answer: 200, inAll: 500 };

const bucketAt = (address: string) => {
  const bucket = readBucket(address);
  if (!bucket) throw new Error(`no bucket in ${address}`);
  return bucket;
};

describe.each(photoBuckets)("%s that does not let us in, or is away", (_, open) => {
  let bucket: PhotoBucket;
  let line: Awaited<ReturnType<typeof openLine>>;
  const heard: string[] = [];
  beforeAll(async () => {
    bucket = await open();
    line = await openLine(bucket.endpoint);
  });
  afterAll(async () => {
    await line.cut();
    await bucket.close();
  });
  beforeEach(() => {
    heard.length = 0;
    for (const [key, value] of Object.entries(bucket.keys)) vi.stubEnv(key, value);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await line.mend();
  });

  const missing = () => bucket.address.replace(/^s3:\/\/[^/]+/, "s3://of-nobody");
  const byLine = () => bucket.address.replace(bucket.endpoint, line.url.replace(/\/$/, ""));
  const storeAt = (address: string, patience?: typeof HURRIED) =>
    photoStoreInBucket(bucketAt(address), ({ message }) => heard.push(message), patience);

  /** Whatever is asked of it: nobody takes a photo for missing, or for kept. */
  async function expectAway(store: PhotoStore, why: RegExp) {
    await expect(store.put(NAME, BYTES, "image/avif")).rejects.toBeInstanceOf(PhotoStoreAwayError);
    await expect(store.get(NAME)).rejects.toBeInstanceOf(PhotoStoreAwayError);
    await expect(store.getMaster(HASH)).rejects.toBeInstanceOf(PhotoStoreAwayError);
    expect(heard).toHaveLength(3);
    for (const message of heard) expect(message).toMatch(why);
    expect(heard.join()).not.toContain(HASH);
    const answer = await photoResponse(store, NAME, new Request("http://t/p"));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    expect(answer.headers.get("Retry-After")).toBe("5");
  }

  test("says so with a wrong secret, and the start is told", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "another");
    await expectAway(storeAt(bucket.address), /SignatureDoesNotMatch/);
    expect(await tryBucket(bucketAt(bucket.address))).toBe("refused");
  });

  test("says so with the key of somebody else, and the start is told", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIASOMEBODYELSE");
    await expectAway(storeAt(bucket.address), /InvalidAccessKeyId/);
    expect(await tryBucket(bucketAt(bucket.address))).toBe("refused");
  });

  test("says so where there is no such bucket, and the start is told", async () => {
    await expectAway(storeAt(missing()), /NoSuchBucket/);
    expect(await tryBucket(bucketAt(missing()))).toBe("missing");
  });

  test("says so while it is stopped, and works again by itself", async () => {
    const store = storeAt(byLine());
    await store.put(NAME, BYTES, "image/avif");
    await line.cut();
    await expectAway(store, /ECONN(REFUSED|RESET)/);
    expect(await tryBucket(bucketAt(byLine()))).toBe("away");
    await line.mend();
    expect(Buffer.from((await store.get(NAME))?.bytes ?? []).equals(BYTES)).toBe(true);
  });

  test("says so while it says nothing", async () => {
    line.freeze();
    await expectAway(storeAt(byLine(), HURRIED), /TimeoutError|AbortError/);
  });

  test("lets in whom it should", async () => {
    expect(await tryBucket(bucketAt(bucket.address))).toBe("open");
  });
});

test("a photo of which the last bytes never come is not waited for", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  const half = createServer((_, response) => {
    response.writeHead(200, { "content-length": 2 * BYTES.length }).write(BYTES);
  });
  await new Promise<void>((resolve) => half.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(half.address() as AddressInfo).port}`;
  const bucket = bucketAt(`s3://photos?endpoint=${endpoint}`);
  const store = photoStoreInBucket(bucket, () => {}, HURRIED);
  await expect(store.get(NAME)).rejects.toBeInstanceOf(PhotoStoreAwayError);
  half.closeAllConnections();
  half.close();
  vi.unstubAllEnvs();
});
