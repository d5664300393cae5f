import type { AppLoadContext } from "@remix-run/server-runtime";
import { doubtPrice, type PriceDoubt } from "#app/domain/listings/doubt-price.ts";
import type { SellerScope } from "#app/domain/scopes.ts";
import type { ReadOffer } from "./read-offer.ts";

/** A price to be sure of, and what the form sends back once she is. */
export type AskedPrice = PriceDoubt & { sure: string };

/** Asks once whether a price far from the usual, or from what the listing asked `before`, is right: a form that says so for this very price passes. */
export async function askAboutPrice(
  { db }: AppLoadContext,
  scope: SellerScope,
  form: FormData,
  offer: ReadOffer["offer"],
  before?: { priceFen: number; unitGrams: number },
): Promise<AskedPrice | undefined> {
  const sure = [offer.categoryCode, offer.priceFen, offer.unit, offer.unitGrams].join(" ");
  if (form.get("priceSure") === sure) return undefined;
  const doubt = await doubtPrice(db, scope, { ...offer, before });
  return doubt ? { ...doubt, sure } : undefined;
}
