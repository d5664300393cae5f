import type { AppLoadContext } from "@remix-run/server-runtime";
import { type PoolInput, poolProblems } from "#app/domain/pools/open-pool.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { nameByCrop } from "#app/offers/name-by-crop.ts";
import { readOffer } from "#app/offers/read-offer.ts";

/** A pooled listing's form as it was sent: every field is judged, and nothing typed is lost. */
export type SentPool = {
  values: FormValues;
  errors: FieldErrors;
  photoIds: string[];
  input: PoolInput;
};

export async function readPoolForm(
  db: AppLoadContext["db"],
  form: FormData,
  now: Date,
): Promise<SentPool> {
  const photoIds = form.getAll("photo").filter((id) => typeof id === "string");
  const { values, errors: unread, offer } = await readOffer(form, photoIds);
  const { titleZh: title, titleEn, categoryCode: category } = offer;
  const named = await nameByCrop(db, { title, titleEn, category });
  const input = { ...offer, titleZh: named.title, titleEn: named.titleEn, photoIds };
  const { photos, ...problems } = poolProblems(input, now);
  // How much there is of it, and when it was picked, is said at the scale.
  const { quantity: _, harvestedOn: __, ...wrong } = { ...problems, ...unread };
  return { values, errors: { ...wrong, ...(photos && { photo: photos }) }, photoIds, input };
}
