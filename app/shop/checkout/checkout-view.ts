import type { AppLoadContext } from "@remix-run/server-runtime";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";

/** What the form is drawn from: the lists to choose from, and what the cart costs there. */
export async function checkoutView(
  { db }: AppLoadContext,
  buyer: BuyerScope,
  choice: RegionChoice,
) {
  // The province alone decides the freight, so it is shown before the address is whole.
  const regionCode = choice.regionCode ?? choice.province;
  return { choice, quote: await quoteOrder(db, buyer, { regionCode }) };
}

export type CheckoutView = Awaited<ReturnType<typeof checkoutView>>;

/** The first list that still waits for a choice. */
export function regionErrors(choice: RegionChoice): FieldErrors {
  if (choice.regionCode !== null) return {};
  if (choice.province === null) return { province: "choose" };
  return choice.city === null ? { city: "choose" } : { county: "choose" };
}
