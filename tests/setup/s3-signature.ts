import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

const sha256 = (of: string | Buffer) => createHash("sha256").update(of).digest("hex");
const hmac = (key: string | Buffer, of: string) => createHmac("sha256", key).update(of).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);

/**
 * What is wrong with a request's signature, as S3 would say it, or null.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function refuseSignature(
  request: IncomingMessage,
  body: Buffer,
  keys: { id: string; secret: string; region: string },
): "AccessDenied" | "InvalidAccessKeyId" | "SignatureDoesNotMatch" | null {
  const given =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (!given) return "AccessDenied";
  const [, id, day = "", region, signed = "", signature] = given;
  if (id !== keys.id) return "InvalidAccessKeyId";
  const names = signed.split(";");
  const hash = String(request.headers["x-amz-content-sha256"]);
  const at = String(request.headers["x-amz-date"]);
  if (region !== keys.region || !names.includes("host") || !at.startsWith(day)) {
    return "SignatureDoesNotMatch";
  }
  if (hash !== "UNSIGNED-PAYLOAD" && hash !== sha256(body)) return "SignatureDoesNotMatch";
  const url = new URL(request.url ?? "", "http://store");
  const query = [...url.searchParams].map(([key, value]) => `${encode(key)}=${encode(value)}`);
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [
    request.method,
    url.pathname,
    query.sort().join("&"),
    headers.join(""),
    signed,
    hash,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
  const key = [day, keys.region, "s3", "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${keys.secret}`,
  );
  return hmac(key, toSign).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}
