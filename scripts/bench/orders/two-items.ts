import type { Stock } from "./fill-stock.ts";

/** Two items for the n-th cart, far from each other in the stock: carts rarely share a lot. */
export function twoItems(stock: readonly Stock[], n: number): string[] {
  const far = Math.floor(stock.length / 2) + 1;
  return [n, n + far].map((at) => stock[at % stock.length]?.listingId ?? "");
}
