import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { claimPhotoResponse } from "#app/claims/photo-response.ts";
import { readWeighPhoto } from "#app/domain/intake/keep-weigh-photo.ts";

/** A photo of the goods on the cooperative's scale. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  const scope = await requireCoop(request, context, "pack");
  const { db, photos } = context;
  return claimPhotoResponse(await readWeighPhoto(db, photos, scope, params.photoId ?? ""));
}
