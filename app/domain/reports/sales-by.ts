/** By what sales can be divided. */
export const salesBy = ["day", "product", "household", "county"] as const;
export type SalesBy = (typeof salesBy)[number];
