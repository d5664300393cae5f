import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireOperator } from "#app/account/guards.ts";
import { claimPhotoResponse } from "#app/claims/photo-response.ts";
import { readClaimPhoto } from "#app/domain/claims/read-claim-photo.ts";

/** A photo of a claim that has come to the operator. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const side = { operator: await requireOperator(request, context) };
  const { db, photos } = context;
  return claimPhotoResponse(await readClaimPhoto(db, photos, side, params.photoId ?? ""));
}
