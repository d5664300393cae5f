import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { createAuth } from "#app/account/auth.ts";
import type { SmsGateway } from "#app/gateways/sms.ts";
import { createLogger } from "#app/log.ts";
import { createPool } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";
import { createForgive } from "#scripts/sandbox/forgive.ts";
import { type MadeHousehold, makeHousehold } from "./people.ts";

export const SECRET = "a-secret-of-the-tests-that-is-long-enough";

/** Signing in on a test's database, with an ear in the phone's place. */
export function makeSignIn(databaseUrl: string, baseUrl = "http://market.test") {
  const pool = createPool(databaseUrl, 10);
  const texts: { to: string; text: string }[] = [];
  const sms: SmsGateway & { isDown: boolean } = {
    isDown: false,
    async send({ to, text }) {
      if (sms.isDown) return { ok: false, reason: "sms-unavailable" };
      texts.push({ to, text });
      return { ok: true, messageId: String(texts.length) };
    },
  };
  const log = createLogger("test", "error");
  const auth = createAuth({ pool, secret: SECRET, baseUrl, sms, log });
  const forgive = createForgive({ pool, secret: SECRET });
  let phones = 0;
  const address = () => `203.0.113.${phones % 250}`;
  const asker = "a-page-of-hers";

  /** Asks for a code and reads it off the phone. */
  async function ask(phone: string, headers = new Headers()): Promise<string> {
    const from = { phone, asker, address: address(), headers };
    const asked = await auth.requestCode({ ...from, locale: "zh" });
    if (!asked.ok) throw new Error(asked.reason);
    const text = texts.filter((message) => message.to === phone).at(-1)?.text ?? "";
    return /\d{6}/.exec(text)?.[0] ?? "";
  }

  async function forgiveAll(phone: string) {
    await forgive({ phone, address: address() });
    await forgive({ phone: `${phone}:${asker}`, address: address() });
  }

  const enter = (phone: string, code: string, headers = new Headers()) =>
    auth.signIn({ phone, asker, code, address: address(), headers });

  return {
    auth,
    pool,
    sms,
    texts,
    address,
    asker,
    ask,
    enter,
    nextPhone: () => `+86139${String(++phones).padStart(8, "0")}`,
    forgive: forgiveAll,
    /** Signs in and gives the headers with which the browser comes back. */
    async signIn(phone: string, headers = new Headers()) {
      await forgiveAll(phone);
      const entered = await enter(phone, await ask(phone), headers);
      if (!entered.ok) throw new Error(entered.reason);
      return { ...entered, headers: cookiesOf(entered.setCookies) };
    },
  };
}

/** What a browser that was sent these cookies sends back. */
export function cookiesOf(setCookies: string[]): Headers {
  return new Headers({ cookie: setCookies.map((cookie) => cookie.split(";")[0]).join("; ") });
}

/** Signs a new member of a new household in. */
export async function signInFarmer(
  db: Kysely<DB>,
  made: ReturnType<typeof makeSignIn>,
  household?: MadeHousehold,
): Promise<Headers> {
  const { userId: user_id, headers } = await made.signIn(made.nextPhone());
  const { id: household_id } = household ?? (await makeHousehold(db));
  const member = { id: uuidv7(), household_id, user_id };
  await db.insertInto("household_members").values(member).execute();
  return headers;
}
