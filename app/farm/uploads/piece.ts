import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { validate as isUuid } from "uuid";
import { readUpload } from "#app/domain/photos/read-upload.ts";
import { arrivedOf, dropUpload, receivePiece } from "#app/domain/photos/receive-piece.ts";
import { abilities, answer, bytesOf, refuse, stateOf, tusScope } from "./tus.ts";

const ALLOW = { Allow: "HEAD, PATCH, DELETE, OPTIONS" };

function keyOf(params: LoaderFunctionArgs["params"]): string | null {
  return isUuid(params.key) ? (params.key ?? "").toLowerCase() : null;
}

/** HEAD: how much of the photo is here, and what it became once it was whole. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  if (request.method === "OPTIONS") return abilities();
  if (request.method !== "HEAD") return answer(405, ALLOW);
  const scope = await tusScope(request, context);
  const key = keyOf(params);
  const upload = key ? await readUpload(context.db, scope, key) : undefined;
  if (!upload) return answer(404);
  const offset = await arrivedOf(context.arriving, upload);
  return answer(200, {
    ...stateOf(upload, offset),
    "Upload-Length": String(upload.length),
    ...(upload.refusedReason && { "Photo-Refused": upload.refusedReason }),
  });
}

/** PATCH adds a piece at Upload-Offset; DELETE forgets what has come. */
export async function action({ request, params, context }: ActionFunctionArgs): Promise<Response> {
  const { method } = request;
  if (method !== "PATCH" && method !== "DELETE") return answer(405, ALLOW);
  const scope = await tusScope(request, context);
  const key = keyOf(params);
  const unknown = () => refuse(context, 404, "upload-unknown");
  if (!key) return unknown();
  if (method === "DELETE") {
    return (await dropUpload(context.db, context, scope, key)) ? answer(204) : unknown();
  }
  if (request.headers.get("Content-Type") !== "application/offset+octet-stream") return answer(415);
  const offset = bytesOf(request.headers.get("Upload-Offset"));
  if (offset === null) return answer(400);
  const received = await receivePiece(context.db, context, scope, {
    ...{ key, offset, body: request.body },
  });
  if (!received.ok) {
    switch (received.reason) {
      case "upload-unknown":
        return unknown();
      case "offset-differs":
        return answer(409, { "Upload-Offset": String(received.offset) });
      case "piece-too-long":
        return answer(413);
      case "photo-store-full":
        return refuse(context, 507, received.reason);
      case "photo-store-away":
        return refuse(context, 503, received.reason);
    }
  }
  const state = stateOf(received.upload, received.offset);
  const { refusedReason } = received.upload;
  return refusedReason ? refuse(context, 422, refusedReason, state) : answer(204, state);
}
