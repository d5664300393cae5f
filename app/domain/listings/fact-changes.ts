import type { FactChange } from "./note-changes.ts";
import { type Grade, gramsOf, type Offer, type Unit } from "./offer-rules.ts";

/** What a listing says and its household may say anew. Price in fen, weight in grams. */
export type EditableFacts = {
  titleZh: string;
  titleEn: string;
  grade: Grade;
  unit: Unit;
  unitGrams: number;
  priceFen: number;
  harvestedOn: string;
  photoIds: readonly string[];
  shipsFrom: string | null;
  presaleLimit: number | null;
  /** Whole sale units that one order may take; null where there is no bound. */
  mostPerOrder: number | null;
};

/** What an offer says, as facts. Pure. */
export const factsOf = (offer: Offer & Pick<EditableFacts, "grade">): EditableFacts => ({
  ...offer,
  ...{ titleZh: offer.titleZh.trim(), titleEn: offer.titleEn.trim() },
  unitGrams: gramsOf(offer.unit, offer.unitGrams) ?? 0,
  ...{ shipsFrom: offer.shipsFrom ?? null, presaleLimit: offer.presaleLimit ?? null },
  // What is listed from a phone says nothing of it, and what its listing says stays.
  mostPerOrder: null,
});

/** The facts as the history keeps them; a day or limit that is none is the empty text. */
export function textsOf(
  facts: EditableFacts,
): Record<Exclude<FactChange["what"], "status">, string> {
  return {
    title: facts.titleZh,
    titleEn: facts.titleEn,
    grade: facts.grade,
    unit: `${facts.unit} ${facts.unitGrams}`,
    price: String(facts.priceFen),
    harvestedOn: facts.harvestedOn,
    shipsFrom: facts.shipsFrom ?? "",
    presaleLimit: String(facts.presaleLimit ?? ""),
    mostPerOrder: String(facts.mostPerOrder ?? ""),
    photos: facts.photoIds.join(" "),
  };
}

/** What differs from one saying of a listing to the next, in the order of its form. Pure. */
export function factChanges(before: EditableFacts, after: EditableFacts): FactChange[] {
  const now = textsOf(after);
  return (Object.entries(textsOf(before)) as [keyof typeof now, string][])
    .filter(([what, text]) => now[what] !== text)
    .map(([what, text]) => ({ what, before: text, after: now[what] }));
}
