import { quoteOrder } from "#app/domain/orders/quote-order.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { shownValue } from "#app/shop/checkout/shown-field.ts";
import { crowd } from "../crowd.ts";
import { fillCarts } from "../orders/fill-carts.ts";
import type { Stock } from "../orders/fill-stock.ts";
import { ADDRESS } from "../orders/record-orders.ts";
import { twoItems } from "../orders/two-items.ts";
import { type Browser, expectStatus, type FormFields, openBrowser } from "./browser.ts";
import type { Market } from "./open.ts";
import type { Buyer } from "./sign-in-buyers.ts";

/** So many buyers are at it at the same moment. */
export const AT_ONCE = 32;

const REGION = { province: "440000", city: "440100", county: "440106" };

export type Placing = {
  /** Fills every buyer's cart and orders it over HTTP; orders a second. */
  placeRound(round: number): Promise<number>;
  close(): void;
};

/**
 * Buyers with browsers of their own who order, round by round, what lies in their carts: one POST
 * of the checkout form, answered with the way to the payment page. Filling the carts and reading
 * the form's hidden fields is not in the measured time.
 */
export function openPlacing(market: Market, buyers: Buyer[], stock: readonly Stock[]): Placing {
  const { db, url } = market;
  const browsers = buyers.map(({ address, cookies }) => openBrowser(url, address, cookies));

  async function fillForm({ userId }: Buyer): Promise<FormFields> {
    const buyer = { userId, visitorId: "" } as BuyerScope;
    const quote = await quoteOrder(db, buyer, { regionCode: REGION.county });
    if (!quote.ok) throw new Error(`a cart was not filled: ${quote.reason}`);
    const { recipient, phone, street } = ADDRESS;
    const { orderKey, totalFen } = quote;
    const typed = { recipient, phone, street, ...REGION, orderKey };
    const lines = quote.parcels.flatMap((parcel) => parcel.lines);
    return [
      ...Object.entries({ ...typed, expectedTotalFen: String(totalFen) }),
      ...lines.map((line) => ["shown", shownValue(line)]),
    ];
  }

  return {
    async placeRound(round) {
      const carts = buyers.map(({ userId }, number) => ({
        owner: userId,
        listingIds: twoItems(stock, (round + 1) * buyers.length + number),
      }));
      await fillCarts(db, "user_id", carts);
      const forms: FormFields[] = [];
      for (const buyer of buyers) forms.push(await fillForm(buyer));
      return crowd(buyers.length, AT_ONCE, async (number) => {
        const browser = browsers[number] as Browser;
        const answer = await browser.post("/checkout", forms[number] ?? {});
        expectStatus(answer, 303, "an order");
        if (!answer.location.includes("/pay/")) {
          throw new Error(`an order led to ${answer.location} instead of its payment page`);
        }
      });
    },
    close() {
      for (const browser of browsers) browser.close();
    },
  };
}
