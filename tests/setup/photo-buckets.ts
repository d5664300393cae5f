import { S3_KEYS, startS3 } from "./s3-server.ts";

export type PhotoBucket = {
  /** For PHOTO_STORE. */
  address: string;
  endpoint: string;
  /** For the environment, where the SDK looks for them. */
  keys: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };
  close(): Promise<void>;
};

async function ours(): Promise<PhotoBucket> {
  const s3 = await startS3();
  const keys = { AWS_ACCESS_KEY_ID: S3_KEYS.id, AWS_SECRET_ACCESS_KEY: S3_KEYS.secret };
  return { address: s3.address, endpoint: s3.url, keys, close: s3.close };
}

const {
  TEST_PHOTO_STORE: address,
  AWS_ACCESS_KEY_ID = "",
  AWS_SECRET_ACCESS_KEY = "",
} = process.env;

async function real(): Promise<PhotoBucket> {
  const endpoint = URL.parse(address ?? "")?.searchParams.get("endpoint");
  if (!address || !endpoint) throw new Error("TEST_PHOTO_STORE names no endpoint");
  const keys = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
  return { address, endpoint, keys, close: async () => {} };
}

/**
 * The buckets that photos are held against, for `describe.each`: our strict server's always, and
 * that of TEST_PHOTO_STORE where it names one, which is opened with AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY.
 */
export const photoBuckets: [string, () => Promise<PhotoBucket>][] = [
  ["a bucket of a strict S3 server", ours],
  ...(address ? [["the bucket of TEST_PHOTO_STORE", real] as [string, typeof real]] : []),
];
