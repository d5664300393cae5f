import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import { beginUpload } from "#app/domain/photos/begin-upload.ts";
import { arrivedOf } from "#app/domain/photos/receive-piece.ts";
import {
  abilities,
  answer,
  bytesOf,
  metadataOf,
  refuse,
  stateOf,
  tusScope,
  uploadPath,
} from "./tus.ts";

const STATUS = {
  "photo-empty": 422,
  "photo-too-large": 413,
  "photo-store-full": 507,
  "upload-differs": 409,
  "too-many-uploads": 429,
  "too-many-uploads-today": 429,
} as const;

export function loader({ request }: LoaderFunctionArgs): Response {
  return request.method === "OPTIONS" ? abilities() : answer(405, { Allow: "POST, OPTIONS" });
}

/**
 * Begins a photo that comes in pieces: tus 1.0.0, creation. Upload-Metadata may name the `draft`
 * it is for and its `key` in the phone; the same key again is the same upload.
 */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  if (request.method !== "POST") return answer(405, { Allow: "POST, OPTIONS" });
  const scope = await tusScope(request, context);
  const length = bytesOf(request.headers.get("Upload-Length"));
  const metadata = metadataOf(request.headers.get("Upload-Metadata"));
  const draftId = metadata?.get("draft")?.toLowerCase() ?? null;
  const key = (metadata?.get("key") ?? uuidv7()).toLowerCase();
  // A draft is the household's own: no manager puts anything in.
  const isFine = draftId === null || (isUuid(draftId) && !request.headers.has("For-Household"));
  if (length === null || !metadata || !isUuid(key) || !isFine) return answer(400);
  const begun = await beginUpload(context.db, context.arriving, scope, { key, length, draftId });
  if (!begun.ok) return refuse(context, STATUS[begun.reason], begun.reason);
  const { upload } = begun;
  const offset = await arrivedOf(context.arriving, upload);
  return answer(201, { Location: uploadPath(key), ...stateOf(upload, offset) });
}
