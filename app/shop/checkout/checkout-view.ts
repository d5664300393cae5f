import type { AppLoadContext } from "@remix-run/server-runtime";
import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import {
  changesSince,
  freightChangesSince,
  type ShownFreight,
  type ShownLine,
} from "#app/domain/orders/shown-lines.ts";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";

/**
 * What the form is drawn from: the lists to choose from, what the cart costs there, and what of it
 * is not as the page before showed it.
 */
export async function checkoutView(
  { db }: AppLoadContext,
  buyer: BuyerScope,
  choice: RegionChoice,
  shown: readonly ShownLine[] = [],
  shownFreight: readonly ShownFreight[] = [],
) {
  // The province alone decides the freight, so it is shown before the address is whole.
  const regionCode = choice.regionCode ?? choice.province;
  const quote = await quoteOrder(db, buyer, { regionCode });
  const changes = quote.ok && shown.length > 0 ? changesSince(shown, quote) : [];
  const freightChanges = quote.ok ? freightChangesSince(shownFreight, quote) : [];
  return { choice, quote, changes, freightChanges };
}

export type CheckoutView = Awaited<ReturnType<typeof checkoutView>>;
