import { createAuth } from "#app/account/auth.ts";
import { createPool } from "#db/client.ts";
import { addressNumber } from "./browser.ts";
import type { Market } from "./open.ts";

export type Buyer = { userId: string; cookies: string[]; address: string | undefined };

/**
 * Signs in so many buyers by the market's own steps, code and all; each has an address of her own,
 * because one address may only ask for a few codes an hour.
 */
export async function signInBuyers(market: Market, count: number): Promise<Buyer[]> {
  const codes = new Map<string, string>();
  const pool = createPool(market.adminUrl, 2);
  const auth = createAuth({
    pool,
    secret: market.plan.appEnv.AUTH_SECRET ?? "",
    baseUrl: market.plan.publicUrl,
    sms: {
      async send({ to, text }) {
        codes.set(to, /\d{6}/.exec(text)?.[0] ?? "");
        return { ok: true, messageId: "read-at-once" };
      },
    },
  });
  try {
    const buyers: Buyer[] = [];
    for (let number = 0; number < count; number++) {
      const phone = `+86139${String(number).padStart(8, "0")}`;
      const address = addressNumber(number) ?? `127.0.0.${number}`;
      const from = { phone, asker: phone, address, headers: new Headers() };
      const asked = await auth.requestCode({ ...from, locale: "zh" });
      if (!asked.ok) throw new Error(`buyer ${number} got no code: ${asked.reason}`);
      const code = codes.get(phone) ?? "";
      const entered = await auth.signIn({ ...from, code });
      if (!entered.ok) throw new Error(`buyer ${number} could not sign in: ${entered.reason}`);
      const { userId, setCookies } = entered;
      buyers.push({ userId, cookies: setCookies, address: addressNumber(number) });
    }
    return buyers;
  } finally {
    await pool.end();
  }
}
