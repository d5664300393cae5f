import type { AppLoadContext } from "@remix-run/server-runtime";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";

/** The lists to choose from and what the cart costs there, for what is typed so far. */
export async function checkoutView(context: AppLoadContext, buyer: BuyerScope, values: FormValues) {
  const { province, city, county } = values;
  const choice = await chooseRegion(context.db, { province, city, county });
  // The province alone decides the freight, so it is shown before the address is whole.
  const regionCode = choice.regionCode ?? choice.province;
  return { choice, quote: await quoteOrder(context.db, buyer, { regionCode }) };
}

export type CheckoutView = Awaited<ReturnType<typeof checkoutView>>;

/** The first list that still waits for a choice. */
export function regionErrors({ choice }: CheckoutView): FieldErrors {
  if (choice.regionCode !== null) return {};
  if (choice.province === null) return { province: "choose" };
  return choice.city === null ? { city: "choose" } : { county: "choose" };
}
