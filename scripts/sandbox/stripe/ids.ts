import { randomFillSync } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const pool = new Uint8Array(8192);
let position = pool.length;

function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    if (position === pool.length) {
      randomFillSync(pool);
      position = 0;
    }
    const byte = pool[position++] ?? 0;
    // 248 = 4 × 62: higher bytes are thrown away, so that no letter is likelier than another.
    if (byte < 248) text += ALPHABET[byte % 62];
  }
  return text;
}

/** An id in the shape Stripe gives this kind of object in test mode. */
export const newId = {
  session: () => `cs_test_a1${randomText(56)}`,
  intent: () => `pi_3${randomText(23)}`,
  charge: () => `ch_3${randomText(23)}`,
  refund: () => `re_3${randomText(23)}`,
  dispute: () => `du_1${randomText(23)}`,
  balance: () => `txn_3${randomText(23)}`,
  event: () => `evt_1${randomText(23)}`,
  method: () => `pm_1${randomText(23)}`,
  line: () => `li_1${randomText(23)}`,
  price: () => `price_1${randomText(23)}`,
  product: () => `prod_${randomText(14)}`,
  request: () => `req_${randomText(14)}`,
  secret: () => randomText(25),
};
