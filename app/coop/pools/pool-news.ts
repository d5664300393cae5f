export const NEWS = ["opened", "changed", "unchanged"] as const;
export type News = (typeof NEWS)[number];

export const PROBLEMS = [
  ...["pool-empty", "listing-withdrawn", "price", "priceRange"],
  ...["pooled-lower", "price-doubted"],
] as const;

export const poolPath = (listingId: string, news: News) => `/coop/pools/${listingId}?news=${news}`;
