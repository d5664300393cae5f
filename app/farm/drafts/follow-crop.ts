import type { AppLoadContext } from "@remix-run/server-runtime";
import type { Draft } from "#app/domain/drafts/draft-fields.ts";
import type { Grade } from "#app/domain/listings/offer-rules.ts";
import { readCropName } from "#app/domain/listings/read-crops.ts";
import { readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { formOf } from "#app/offers/changed-notice.tsx";
import { gradeOf, readTermsByCrop, termsOf } from "#app/offers/crop-terms.ts";
import { nameByCrop } from "#app/offers/name-by-crop.ts";

/**
 * What goes with the crop that is chosen: its names where she typed none. Where the draft was of
 * another crop, that one's name, grade and price that she had left as they came, by default or with the
 * listing the draft is a copy of, give way to this one's; what she typed herself stays.
 */
export async function followCrop(
  db: AppLoadContext["db"],
  scope: HouseholdScope,
  { fields, copiedFrom }: Draft,
  { category = "", title = "", titleEn = "", gradedAs = category, ...sent }: FormValues,
): Promise<FormValues> {
  const isOther = fields.category !== undefined && fields.category !== category;
  const named = (typed: { title: string; titleEn: string }) =>
    nameByCrop(db, { ...typed, category });
  if (!isOther && gradedAs === category) {
    return { ...sent, category, ...(await named({ title, titleEn })) };
  }
  const terms = await readTermsByCrop(db, scope);
  const copied = copiedFrom ? await readOwnListing(db, scope, copiedFrom) : undefined;
  const isGradeAsItCame =
    gradedAs !== category &&
    [gradeOf(terms, gradedAs), copied?.grade].includes(sent.grade as Grade);
  const values = isGradeAsItCame ? { ...sent, grade: gradeOf(terms, category) } : sent;
  if (!isOther) return { ...values, category, ...(await named({ title, titleEn })) };
  const before = await readCropName(db, fields.category ?? "");
  const lent: FormValues = { title: before?.zh, titleEn: before?.en };
  const came = [
    { ...lent, ...termsOf(terms, fields.category) },
    ...(copied ? [formOf(copied)] : []),
  ];
  const isAsItCame = (said: FormValues, ...names: (keyof typeof fields)[]) =>
    came.some((one: FormValues) => names.every((name) => said[name] === one[name]));
  return {
    ...values,
    category,
    ...(await named({
      title: isAsItCame({ title }, "title") ? "" : title,
      titleEn: isAsItCame({ titleEn }, "titleEn") ? "" : titleEn,
    })),
    ...(isAsItCame(fields, "unit", "unitGrams", "price") && termsOf(terms, category)),
  };
}
