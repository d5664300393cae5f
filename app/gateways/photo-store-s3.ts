import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { Bucket } from "./bucket-address.ts";
import {
  keyOf,
  type PhotoStore,
  PhotoStoreAwayError,
  PhotoStoreFullError,
  publicType,
} from "./photo-store.ts";

const TRIES = 3;
/** An object is a picture of at most some MB; a farmer waits for it beside a form, and whoever
 * sends a photo after her waits too. All tries together, the last byte included, take `inAll` ms. */
const PATIENCE = { connect: 2_000, answer: 5_000, inAll: 12_000 };
const A_YEAR = "public, max-age=31536000, immutable";
const FULL = new Set(["QuotaExceeded", "InsufficientStorage", "XMinioStorageFull"]);
const HTTP_FULL = 507;

function connect({ region, endpoint }: Bucket, patience: typeof PATIENCE): S3Client {
  return new S3Client({
    region,
    maxAttempts: TRIES,
    requestHandler: {
      connectionTimeout: patience.connect,
      requestTimeout: patience.answer,
      throwOnRequestTimeout: true,
    },
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

/** What the store said, or what kept it from saying anything. */
const away = (cause: unknown) => {
  const { code, name } = cause as NodeJS.ErrnoException;
  const why = code ?? name;
  return new PhotoStoreAwayError(`The photo store gave no answer: ${why}`, { cause });
};

/**
 * Photos in a bucket of any store that speaks S3. The key must allow reading, writing and listing:
 * where it may not list, S3 answers "forbidden" for what is not there. What the bucket does not
 * answer, by whatever fault, is a `PhotoStoreAwayError`, which `onAway` hears as well.
 */
export function photoStoreInBucket(
  bucket: Bucket,
  onAway: (error: PhotoStoreAwayError) => void = () => {},
  patience = PATIENCE,
): PhotoStore {
  const client = connect(bucket, patience);
  const at = (name: string) => ({ Bucket: bucket.name, Key: bucket.prefix + keyOf(name) });

  /** What `work` gives, or null where there is no such object. */
  async function ask<T>(work: (within: { abortSignal: AbortSignal }) => Promise<T>) {
    try {
      return await work({ abortSignal: AbortSignal.timeout(patience.inAll) });
    } catch (error) {
      if (isMissing(error)) return null;
      if (isFull(error)) throw new PhotoStoreFullError("no room left for photos", { cause: error });
      const told = away(error);
      onAway(told);
      throw told;
    }
  }
  async function read(name: string): Promise<Uint8Array | null> {
    const object = at(name);
    return ask(async (within) => {
      const { Body } = await client.send(new GetObjectCommand(object), within);
      return Body ? Body.transformToByteArray() : null;
    });
  }
  return {
    async put(name, bytes, ContentType) {
      // Named by content: what is there already is the same, and is written over.
      const object = { ...at(name), Body: bytes, ContentType, CacheControl: A_YEAR };
      const done = await ask((within) => client.send(new PutObjectCommand(object), within));
      if (!done) throw away(new Error("nothing to put it into"));
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
      const object = at(name);
      return null !== (await ask((within) => client.send(new HeadObjectCommand(object), within)));
    },
  };
}

/**
 * Whether the bucket lets us in and lets us write: asked once, at the start, by an object
 * named `may-write`. "away" where nobody answers. A full one is open: it still serves.
 */
export async function tryBucket(bucket: Bucket): Promise<"open" | "missing" | "refused" | "away"> {
  try {
    const client = connect(bucket, PATIENCE);
    await client.send(new HeadBucketCommand({ Bucket: bucket.name }));
    const object = { Bucket: bucket.name, Key: `${bucket.prefix}may-write`, Body: "yes" };
    await client.send(new PutObjectCommand(object));
    return "open";
  } catch (error) {
    if (isFull(error)) return "open";
    const isCredentials = error instanceof Error && error.name === "CredentialsProviderError";
    if (isCredentials) return "refused";
    if (!(error instanceof S3ServiceException)) return "away";
    const status = error.$metadata.httpStatusCode ?? 0;
    if (status === 404) return "missing";
    return status >= 400 && status < 500 ? "refused" : "away";
  }
}
