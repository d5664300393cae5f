// What a listing must be to be found: plain rules over the rows of the market.

/** The facts of a listing for sale that the rules look at. */
export type Offered = {
  id: string;
  category: string;
  titleZh: string;
  regionCode: string;
  /** Several of a pooled listing, "、" between. */
  villageZh: string;
  grade: string;
  unit: string;
  /** What it is certified for today. */
  certificates: string[];
  /** Who sells it: "花牛苹果合作社". */
  cooperative: string;
  /** Of its households, as the public reads them: "吉克家 · 树河镇 · 3F7K". */
  aliases: string[];
};

export type Fits = (offered: Offered) => boolean;
export type Draft = { text: string; fits: Fits };

export const draft = (text: string, ...rules: Fits[]): Draft => ({
  text,
  fits: (offered) => rules.every((rule) => rule(offered)),
});
export const isCrop =
  (code: string): Fits =>
  ({ category }) =>
    category === code;
export const isFrom =
  (code: string): Fits =>
  ({ regionCode }) =>
    regionCode.startsWith(code);
export const isOfVillage =
  (name: string): Fits =>
  ({ villageZh }) =>
    villageZh.split("、").includes(name);
