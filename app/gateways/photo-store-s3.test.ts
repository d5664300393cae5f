import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { S3_KEYS, type S3Server, startS3 } from "#tests/setup/s3-server.ts";
import { readBucket } from "./bucket-address.ts";
import { PhotoStoreFullError } from "./photo-store.ts";
import { photoStoreInBucket, tryBucket } from "./photo-store-s3.ts";

const HASH = "0123456789abcdef0123456789abcdef";
const NAME = `${HASH}-640.avif`;
const BYTES = Buffer.from("pretend this is a picture");

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());
beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", S3_KEYS.id);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", S3_KEYS.secret);
});
afterEach(() => {
  vi.unstubAllEnvs();
  s3.objects.clear();
  s3.failNext.length = 0;
});

const bucketAt = (address: string) => {
  const bucket = readBucket(address);
  if (!bucket) throw new Error(`no bucket in ${address}`);
  return bucket;
};
const ourBucket = () => bucketAt(s3.address);

test("photos lie below the prefix, with what a network of caches needs to know", async () => {
  await photoStoreInBucket(ourBucket()).put(NAME, BYTES, "image/avif");
  const [[key, object] = []] = s3.objects;
  expect(key).toBe(`market/public/${NAME}`);
  expect(object).toEqual({
    bytes: BYTES,
    type: "image/avif",
    cacheControl: "public, max-age=31536000, immutable",
  });
});

test("a store that stumbles is asked again, three times in all", async () => {
  const store = photoStoreInBucket(ourBucket());
  s3.failNext.push({ status: 503, code: "SlowDown" }, { status: 500, code: "InternalError" });
  await store.put(NAME, BYTES, "image/avif");
  expect(s3.objects.size).toBe(1);
  s3.failNext.push(...Array.from({ length: 3 }, () => ({ status: 503, code: "SlowDown" })));
  await expect(store.get(NAME)).rejects.toThrow();
});

test.each([
  { status: 507, code: "XMinioStorageFull" },
  { status: 507, code: "SomethingElse" },
  { status: 403, code: "QuotaExceeded" },
])("a full store ($status $code) is named", async (failure) => {
  s3.failNext.push(failure, failure, failure);
  const put = photoStoreInBucket(ourBucket()).put(NAME, BYTES, "image/avif");
  await expect(put).rejects.toBeInstanceOf(PhotoStoreFullError);
});

test("the start is told of a key that may not write, and lets a full store serve", async () => {
  expect(await tryBucket(ourBucket())).toBe("open");
  s3.readOnly = true;
  expect(await tryBucket(ourBucket())).toBe("refused");
  s3.readOnly = false;
  s3.failNext.push({ status: 507, code: "XMinioStorageFull" });
  expect(await tryBucket(ourBucket())).toBe("open");
});

test.each([
  ["s3://photos", { name: "photos", prefix: "", region: "us-east-1", endpoint: undefined }],
  [
    "s3://photos/a/b/?region=cn-north-1&endpoint=https://store.example:9000",
    {
      name: "photos",
      prefix: "a/b/",
      region: "cn-north-1",
      endpoint: "https://store.example:9000",
    },
  ],
  ["s3://key:secret@photos", null],
  ["s3://", null],
  ["s3://UPPER_case", null],
  ["https://photos.example", null],
  ["s3://photos?endpoint=file:///etc", null],
  ["photos", null],
])("the address %s", (address, bucket) => {
  expect(readBucket(address)).toEqual(bucket);
});
