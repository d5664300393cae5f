import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { Bucket } from "./bucket-address.ts";
import { keyOf, type PhotoStore, PhotoStoreFullError, publicType } from "./photo-store.ts";

const TRIES = 3;
/** An object is a picture of at most some hundred kB; a farmer waits for it beside a form. */
const PATIENCE = { connectionTimeout: 2_000, requestTimeout: 10_000 };
const A_YEAR = "public, max-age=31536000, immutable";
const FULL = new Set(["QuotaExceeded", "InsufficientStorage", "XMinioStorageFull"]);
const HTTP_FULL = 507;

function connect({ region, endpoint }: Bucket): S3Client {
  return new S3Client({
    region,
    maxAttempts: TRIES,
    requestHandler: { ...PATIENCE, throwOnRequestTimeout: true },
    // A host of one's own seldom has a name for each bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // The newer checksums are Amazon's own; other stores refuse what they do not know.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

const isMissing = (error: unknown) =>
  error instanceof S3ServiceException && (error.name === "NoSuchKey" || error.name === "NotFound");

const isFull = (error: unknown) =>
  error instanceof S3ServiceException &&
  (FULL.has(error.name) || error.$metadata.httpStatusCode === HTTP_FULL);

/** What `get` gives, or null where there is no such object; every other failure is thrown. */
async function unlessMissing<T>(get: () => Promise<T>): Promise<T | null> {
  try {
    return await get();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Photos in a bucket of any store that speaks S3. The key must allow reading, writing and
 * listing: where it may not list, S3 answers "forbidden" for what is not there. */
export function photoStoreInBucket(bucket: Bucket): PhotoStore {
  const client = connect(bucket);
  const at = (name: string) => ({ Bucket: bucket.name, Key: bucket.prefix + keyOf(name) });
  const read = (name: string) =>
    unlessMissing(async () => {
      const { Body } = await client.send(new GetObjectCommand(at(name)));
      return Body ? await Body.transformToByteArray() : null;
    });
  return {
    async put(name, bytes, ContentType) {
      // Named by content: what is there already is the same, and is written over.
      const what = { Body: bytes, ContentType, CacheControl: A_YEAR };
      await client.send(new PutObjectCommand({ ...at(name), ...what })).catch((cause) => {
        if (!isFull(cause)) throw cause;
        throw new PhotoStoreFullError("no room left for photos", { cause });
      });
    },
    async get(name) {
      const contentType = publicType(name);
      const bytes = contentType && (await read(name));
      return bytes ? { bytes, contentType } : null;
    },
    async getMaster(hash) {
      return read(`masters/${hash}`);
    },
    async has(name) {
      return null !== (await unlessMissing(() => client.send(new HeadObjectCommand(at(name)))));
    },
  };
}

/** Whether the bucket lets us in: asked once, at the start. "away" where nobody answers. */
export async function tryBucket(bucket: Bucket): Promise<"open" | "missing" | "refused" | "away"> {
  try {
    await connect(bucket).send(new HeadBucketCommand({ Bucket: bucket.name }));
    return "open";
  } catch (error) {
    const isCredentials = error instanceof Error && error.name === "CredentialsProviderError";
    if (isCredentials) return "refused";
    if (!(error instanceof S3ServiceException)) return "away";
    const status = error.$metadata.httpStatusCode ?? 0;
    if (status === 404) return "missing";
    return status >= 400 && status < 500 ? "refused" : "away";
  }
}
