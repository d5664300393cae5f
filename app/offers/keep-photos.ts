import type { AppLoadContext } from "@remix-run/server-runtime";
import { MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import { readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import { requireSameHousehold } from "#app/forms/household-key.ts";
import { type KeptPhotos, keepFormPhotos, keepPublic } from "#app/forms/keep-photos.ts";

/**
 * Reads the listing form and keeps its new photos at once. Null when the form did not come whole.
 * Throws a 409, and keeps nothing, for the form of another household that uses this phone.
 */
export function readPhotoForm(
  context: AppLoadContext,
  scope: SellerScope,
  request: Request,
): Promise<{ form: FormData; kept: KeptPhotos } | null> {
  return keepFormPhotos(context, request, {
    keep: keepPublic(context, scope),
    most: MAX_PHOTOS,
    readOwn: (photoIds) => readOwnPhotos(context.db, scope, photoIds),
    check: (form) => requireSameHousehold(form, scope),
  });
}
