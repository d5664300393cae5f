import { isKnownTag } from "./entity-tag.ts";
import { isPublicPhotoName, type PhotoStore, PhotoStoreAwayError } from "./photo-store.ts";

const FOREVER = "public, max-age=31536000, immutable";

/** Answers GET and HEAD of /photos/:name; 503 while the store is away. The name is the hash, so it
 * is also the ETag. */
export async function photoResponse(
  store: Pick<PhotoStore, "get">,
  name: string,
  request: Request,
): Promise<Response> {
  if (!isPublicPhotoName(name)) return refuse(404);
  const etag = `"${name}"`;
  // Even a stale validator is answered without touching the disk only if we still have the photo.
  const photo = await store.get(name).catch(unlessAway);
  if (photo === "away") return refuse(503, { "Retry-After": "5" });
  if (!photo) return refuse(404);
  const headers = new Headers({
    "Cache-Control": FOREVER,
    ETag: etag,
    "X-Content-Type-Options": "nosniff",
  });
  if (isKnownTag(request.headers.get("If-None-Match"), etag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("Content-Type", photo.contentType);
  headers.set("Content-Length", String(photo.bytes.byteLength));
  const body = request.method === "HEAD" ? null : Uint8Array.from(photo.bytes);
  return new Response(body, { status: 200, headers });
}

function unlessAway(error: unknown): "away" {
  if (error instanceof PhotoStoreAwayError) return "away";
  throw error;
}

function refuse(status: 404 | 503, headers: Record<string, string> = {}): Response {
  return new Response(String(status), {
    status,
    headers: { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", ...headers },
  });
}
