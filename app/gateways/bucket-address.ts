import { z } from "zod";

/** s3://bucket/prefix?region=…&endpoint=…, read. */
export type Bucket = { name: string; prefix: string; region: string; endpoint: string | undefined };

/**
 * Reads PHOTO_STORE; null where it names no bucket. Without `endpoint` it is Amazon's own. The keys
 * are not part of it: the SDK finds them as every S3 tool does (AWS_ACCESS_KEY_ID and
 * AWS_SECRET_ACCESS_KEY, a profile, the machine's role).
 */
export function readBucket(address: string): Bucket | null {
  const url = URL.parse(address);
  if (url?.protocol !== "s3:" || url.username || url.password) return null;
  const endpoint = url.searchParams.get("endpoint") ?? undefined;
  if (endpoint && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) return null;
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) return null;
  const prefix = url.pathname.replace(/^\/+|\/+$/g, "");
  const region = url.searchParams.get("region") ?? "us-east-1";
  return { name: url.hostname, prefix: prefix && `${prefix}/`, region, endpoint };
}

/** The form that the settings ask of PHOTO_STORE. */
export const photoStoreAddress = z
  .string()
  .refine(
    (address) => readBucket(address) !== null,
    "must be s3://bucket/prefix?region=…&endpoint=https://…, without the keys",
  )
  .optional();
