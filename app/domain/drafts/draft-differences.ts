import { type Difference, offerDifferences } from "#app/domain/listings/amend-published.ts";
import { isDay } from "#app/domain/listings/offer-rules.ts";
import type { PublishInput } from "#app/domain/listings/publish-listing.ts";
import { DRAFT_FIELDS, type Draft } from "./draft-fields.ts";

/** What each field of the form is called in an offer. */
const FACT_OF = {
  ...{ category: "categoryCode", title: "titleZh", titleEn: "titleEn", grade: "grade" },
  ...{ unit: "unit", unitGrams: "unitGrams", price: "priceFen", quantity: "quantity" },
  ...{ harvestedOn: "harvestedOn", shipsFrom: "shipsFrom", presaleLimit: "presaleLimit" },
} as const satisfies Record<(typeof DRAFT_FIELDS)[number], keyof PublishInput>;

/** Fields that may hold what is no number or day, by what they say in a difference. */
const TYPED_AS: Partial<Record<Difference["what"], (typeof DRAFT_FIELDS)[number]>> = {
  ...{ price: "price", quantity: "quantity", unit: "unitGrams", presaleLimit: "presaleLimit" },
  ...{ harvestedOn: "harvestedOn", shipsFrom: "shipsFrom" },
};
const DAYS = ["harvestedOn", "shipsFrom"];

/** `isAsTyped`: what the draft says cannot be read, and is shown as it was typed. */
export type DraftDifference = Difference & { isAsTyped?: true };

/**
 * What a draft says otherwise than an offer that a phone made of it; `read` is the draft read as an
 * offer. A field that the draft has empty is no difference, neither is another way to write the same
 * number. Photos of the offer's own beside all of the draft's are none by themselves (where something
 * else differs they are told, for she may choose the draft), but one that the draft had when it was
 * taken along (`had`) and has no more is; so are the same photos in another order. Pure.
 */
export function draftDifferences(
  { fields, photoIds }: Pick<Draft, "fields" | "photoIds">,
  read: PublishInput,
  offer: PublishInput,
  had: readonly string[] = [],
): DraftDifference[] {
  const typed = DRAFT_FIELDS.filter((name) => (fields[name] ?? "").trim() !== "");
  const facts = Object.fromEntries(typed.map((name) => [FACT_OF[name], read[FACT_OF[name]]]));
  const differingWith = (photos: readonly string[]) =>
    offerDifferences({ ...offer, ...facts, photoIds: photos }, offer);
  const common = offer.photoIds.filter((id) => photoIds.includes(id));
  const isAdded = common.join() === photoIds.join();
  const isTakenOut = offer.photoIds.some((id) => had.includes(id) && !photoIds.includes(id));
  if (isAdded && !isTakenOut && differingWith(offer.photoIds).length === 0) return [];
  return differingWith(photoIds).map((difference) => {
    const { what, published } = difference;
    const field = TYPED_AS[what];
    const isRead = DAYS.includes(what) ? isDay(published) : !published.endsWith("NaN");
    if (!field || isRead) return difference;
    return { ...difference, published: fields[field] ?? "", isAsTyped: true };
  });
}
