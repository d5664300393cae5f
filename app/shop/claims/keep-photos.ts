import type { AppLoadContext } from "@remix-run/server-runtime";
import { MAX_CLAIM_PHOTOS } from "#app/domain/claims/claim-rules.ts";
import { keepClaimPhoto } from "#app/domain/claims/keep-claim-photo.ts";
import { type ClaimPhoto, readKeptPhotos } from "#app/domain/claims/read-claim-photo.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { type KeptPhotos, keepFormPhotos } from "#app/forms/keep-photos.ts";

/** Reads the form of a claim and keeps its new photos at once. Null when the form did not come whole. */
export function readClaimUpload(
  context: AppLoadContext,
  buyer: BuyerScope,
  { request, number }: { request: Request; number: string },
): Promise<{ form: FormData; kept: KeptPhotos<ClaimPhoto> } | null> {
  const { db, photos: store, stripPhoto: strip } = context;
  return keepFormPhotos(context, request, {
    most: MAX_CLAIM_PHOTOS,
    readOwn: (photoIds) => readKeptPhotos(db, buyer, { number, photoIds }),
    async keep(sent) {
      const kept = await keepClaimPhoto(db, { store, strip }, buyer, { number, sent });
      if (kept.ok) return kept;
      // Whose order it is was asked before the form was read.
      const { reason } = kept;
      return { ok: false, reason: reason === "order-not-found" ? "photo-not-yours" : reason };
    },
  });
}
