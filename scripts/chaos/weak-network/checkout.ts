import { type Answer, type Browser, type Fields, formWith, type Weakness } from "./browser.ts";

/** The steps of a purchase; each is a request that the line may break in. */
export const CHECKOUT_STEPS = [
  "open the listing",
  "put two into the cart",
  "look at the cart",
  "open the checkout",
  "choose the county",
  "send the order",
  "open the payment page",
  "pay",
  "come back",
  "look at the order",
];

/** What a buyer types. */
export const ADDRESS = {
  ...{ recipient: "试单买家", phone: "13800009999", street: "田园路1号" },
  ...{ province: "310000", city: "310100", county: "310115" },
};
export const CARD = { number: "4242424242424242", expiry: "08/30", cvc: "123", name: "TEST BUYER" };

function expect(answer: Answer, status: number, what: string): Answer {
  if (answer.status === status) return answer;
  throw new Error(`${what} was answered ${answer.status}, not ${status}`);
}

/** One purchase with the line breaking at one step; the order's number. */
export async function buy(
  browser: Browser,
  produce: string,
  weak: { step: number; weakness: Weakness },
): Promise<string> {
  let step = 0;
  const take = async (path: string, status: number, fields?: Fields) => {
    const at = step++;
    const weakness = at === weak.step ? weak.weakness : null;
    const answer = await browser.insist({ path, fields }, weakness);
    return expect(answer, status, CHECKOUT_STEPS[at] ?? "");
  };
  const listing = await take(produce, 200);
  const form = formWith(listing.html, "clientKey", "quantity");
  const added = await take(produce, 303, { ...form, quantity: "2" });
  await take(added.location, 200);
  const checkout = await take("/checkout", 200);
  const filled = { ...formWith(checkout.html, "orderKey", "recipient"), ...ADDRESS };
  const priced = await take("/checkout", 200, { ...filled, step: "region" });
  const order = formWith(priced.html, "orderKey", "recipient");
  for (const name of ["recipient", "phone", "street"] as const) {
    if (order[name] !== ADDRESS[name]) throw new Error(`the ${name} that was typed is lost`);
  }
  const { step: _button, ...whole } = order;
  const placed = await take("/checkout", 303, { ...whole, ...ADDRESS });
  const page = await take(placed.location, 200);
  const card = { ...formWith(page.html, "number", "cvc"), ...CARD };
  const paid = await take(placed.location, 303, card);
  await take(paid.location, 303);
  const number = /TJ\d{14}/.exec(paid.location)?.[0] ?? "";
  await take(`/orders/${number}`, 200);
  return number;
}
