import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { refuseSignature } from "./s3-signature.ts";

type Stored = { bytes: Buffer; type: string; cacheControl: string };

export type S3Server = {
  /** For PHOTO_STORE. */
  address: string;
  url: string;
  objects: Map<string, Stored>;
  /** What the next answers are instead, one after the other. */
  failNext: { status: number; code: string }[];
  /** Whether our key may only read, by now. */
  readOnly: boolean;
  close(): Promise<void>;
};

export const S3_KEYS = { id: "AKIATIANJITEST", secret: "a secret of tests", region: "cn-test-1" };
const BUCKET = "photos";
/** What Amazon came to ask for in 2025, and many a store does not know. */
const NEWER = /^(content-encoding|x-amz-trailer|x-amz-checksum-.*|x-amz-sdk-checksum-algorithm)$/;
const STATUS = {
  AccessDenied: 403,
  InvalidAccessKeyId: 403,
  SignatureDoesNotMatch: 403,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotImplemented: 501,
};

/**
 * A store that speaks as much of S3 as photos need, and is strict: every signature is checked, and
 * what it does not know (newer checksums, a copy, a listing) is refused and not ignored.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export async function startS3(): Promise<S3Server> {
  const objects = new Map<string, Stored>();
  const failNext: S3Server["failNext"] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const refuse = (code: string, status = STATUS[code as keyof typeof STATUS]) => {
      const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
      response.writeHead(status, { "content-type": "application/xml" });
      response.end(request.method === "HEAD" ? undefined : xml);
    };
    const failure = failNext.shift();
    if (failure) return refuse(failure.code, failure.status);
    const wrong = refuseSignature(request, body, S3_KEYS);
    if (wrong) return refuse(wrong);
    const url = new URL(request.url ?? "", "http://store");
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split("/");
    const key = rest.join("/");
    if (bucket !== BUCKET) return refuse("NoSuchBucket");
    const isNew = Object.keys(request.headers).some((name) => NEWER.test(name));
    if (isNew) return refuse("NotImplemented");
    if (request.method === "PUT" && opened.readOnly) return refuse("AccessDenied");
    if (request.method === "PUT" && key) {
      const { "content-type": type = "", "cache-control": cacheControl = "" } = request.headers;
      objects.set(key, { bytes: body, type, cacheControl });
      response.writeHead(200).end();
    } else if (request.method === "HEAD" && !key) {
      response.writeHead(200).end();
    } else if (request.method === "GET" || request.method === "HEAD") {
      const found = objects.get(key);
      if (!found) return refuse("NoSuchKey");
      const length = found.bytes.length;
      response.writeHead(200, { "content-type": found.type, "content-length": length });
      response.end(request.method === "HEAD" ? undefined : found.bytes);
    } else refuse("NotImplemented");
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const opened: S3Server = {
    ...{ url, objects, failNext, readOnly: false },
    address: `s3://${BUCKET}/market?region=${S3_KEYS.region}&endpoint=${url}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return opened;
}
