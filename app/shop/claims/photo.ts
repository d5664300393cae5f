import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { buyerOf } from "#app/account/guards.ts";
import { claimPhotoResponse } from "#app/claims/photo-response.ts";
import { readClaimPhoto } from "#app/domain/claims/read-claim-photo.ts";

/** A photo that the buyer has sent in for this order, for her eyes. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const side = { buyer: await buyerOf(request, context), number: params.number ?? "" };
  const { db, photos } = context;
  return claimPhotoResponse(await readClaimPhoto(db, photos, side, params.photoId ?? ""));
}
