/** The fields of an offer's form that a draft keeps, as they were typed. Photos stand apart. */
export const DRAFT_FIELDS = [
  "category",
  "title",
  "titleEn",
  "grade",
  "unit",
  "unitGrams",
  "price",
  "quantity",
  "harvestedOn",
  "shipsFrom",
  "presaleLimit",
] as const;

export type DraftFields = Partial<Record<(typeof DRAFT_FIELDS)[number], string>>;

export type Draft = {
  id: string;
  fields: DraftFields;
  photoIds: string[];
  /** Counts the savings: a form says which one it was filled from. */
  version: number;
  copiedFrom: string | null;
  publishedListingId: string | null;
  updatedAt: Date;
};
