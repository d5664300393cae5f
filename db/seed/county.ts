/** A product a county is known for: what the seed lists there. Prices in fen per jin. */
export type SeedProduct = {
  category: string;
  /** What its drawn photos show; a name that drawings/ knows. */
  icon: string;
  zh: string;
  en: string;
  unit: "box-5jin" | "kg" | "bag" | "head";
  unitGrams: number;
  fenPerJin: readonly [low: number, high: number];
};

export type SeedCounty = {
  region: string;
  accountPrefix: string;
  programme: { code: string; zh: string; en: string };
  cooperatives: readonly { slug: string; zh: string; en: string; feeBasisPoints: number }[];
  townships: readonly (readonly [zh: string, en: string])[];
  surnames: readonly (readonly [zh: string, en: string])[];
  products: readonly SeedProduct[];
};
