import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { claimPhotoResponse } from "#app/claims/photo-response.ts";
import { readClaimPhoto } from "#app/domain/claims/read-claim-photo.ts";

/** A photo of a claim for one of the cooperative's parcels. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const side = { coop: await requireCoop(request, context, "sell") };
  const { db, photos } = context;
  return claimPhotoResponse(await readClaimPhoto(db, photos, side, params.photoId ?? ""));
}
