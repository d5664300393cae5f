import type { Kysely, Transaction } from "kysely";
import type { Pool } from "pg";
import { keepCode } from "#app/domain/sign-in/keep-code.ts";
import { keepSession } from "#app/domain/sign-in/keep-session.ts";
import { type CodeEntry, type CodeSpent, spendCode } from "#app/domain/sign-in/spend-code.ts";
import type { SmsGateway } from "#app/gateways/sms.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import type { Logger } from "#app/log.ts";
import { type CodeAllowed, createCodeLimits } from "#app/security/code-limits.ts";
import { createLimits, networkOf } from "#app/security/limits.ts";
import { createDb } from "#db/client.ts";
import type { DB } from "#db/schema.d.ts";
import { createBetterAuth } from "./better-auth.ts";
import { createKnownNumbers } from "./known-numbers.ts";
import { createNumberCookie } from "./number-cookie.ts";
import { hashEntry, makeCode } from "./one-time-code.ts";

export type SignedIn = { userId: string; phone: string; signedInAt: Date };

type Sent = {
  phone: string;
  /** A key of the page that asked for the code: it can only be entered with it. */
  asker: string;
  address: string;
  headers: Headers;
};
export type CodeRequested = CodeAllowed | { ok: false; reason: "sms-unavailable" };
export type CodeEntered =
  | {
      ok: true;
      userId: string;
      /** Another person is, or was, signed in with this browser. */
      isAnothersBrowser: boolean;
      setCookies: string[];
    }
  | Exclude<CodeSpent, { ok: true }>
  | { ok: false; reason: "too-many-tries"; retryAfterSeconds: number };

/** Signing in by phone and code, sessions by cookie. Phones are in E.164: "+8613800000000". */
export type Auth = {
  /** Whose session the request's cookie is; null when there is none or it has ended. */
  readSession(headers: Headers): Promise<SignedIn | null>;
  /** Texts a fresh code. Does not look whether anyone has this number, so it cannot tell. */
  requestCode(input: Sent & { locale: Locale }): Promise<CodeRequested>;
  /**
   * Spends a code; ends the session that the request came with and starts a new one. The same form
   * sent once more within a minute gets that new session again.
   */
  signIn(input: Sent & { code: string }): Promise<CodeEntered>;
  /** Ends the session; the cookies to set make the browser forget it. */
  signOut(headers: Headers): Promise<string[]>;
  /** Remembers, in a signed cookie, whose code is being entered. */
  askedNumber: ReturnType<typeof createNumberCookie>;
};

type Options = { pool: Pool; secret: string; baseUrl: string; sms: SmsGateway; log?: Logger };

export function createAuth({ pool, secret, baseUrl, sms, log }: Options): Auth {
  const db = createDb(pool);
  const limits = createLimits({ pool, secret });
  const codeLimits = createCodeLimits(limits);
  const cookies = { secret, isHttps: baseUrl.startsWith("https://") };
  const knownNumbers = createKnownNumbers(cookies);
  const onError = (message: string) => log?.error({ part: "sign-in" }, message);
  const betterAuthOn = (on: Kysely<DB>, isCodeRight: boolean) =>
    createBetterAuth({ db: on, secret, baseUrl, isCodeRight, onError });
  const { api } = betterAuthOn(db, false);

  /**
   * Spends the code, starts its session and ends the one that the request came with: all of it or
   * nothing, so that a failure on the way costs no code. A code that has given its session already
   * gives the very same again.
   */
  async function enterCode(trx: Transaction<DB>, entry: CodeEntry, headers: Headers) {
    const spent = await spendCode(trx, entry);
    if (!spent.ok) return spent;
    const { api: starting } = betterAuthOn(trx, true);
    const options = { headers: new Headers(), returnHeaders: true } as const;
    const body = { phoneNumber: entry.phone, code: "spent" };
    const answer =
      spent.sessionToken === null
        ? await starting.verifyPhoneNumber({ ...options, body })
        : await starting.resumeSession({ ...options, body: { token: spent.sessionToken } });
    const { token, user } = answer.response;
    if (!token || !user) throw new Error("a session was started for nobody");
    await keepSession(trx, { ...entry, sessionToken: token });
    // A session id that was planted in this browser before sign-in must not live on.
    const before = await starting.getSession({ headers });
    if (before && before.session.token !== token) await starting.signOut({ headers });
    const setCookies = [...answer.headers.getSetCookie(), knownNumbers.add(headers, entry.phone)];
    const isAnothersBrowser =
      knownNumbers.hasOthers(headers, entry.phone) || (before?.user.id ?? user.id) !== user.id;
    return { ok: true, userId: user.id, isAnothersBrowser, setCookies } as const;
  }

  async function signOut(headers: Headers): Promise<string[]> {
    const { headers: answered } = await api.signOut({ headers, returnHeaders: true });
    return answered.getSetCookie().filter((cookie) => /^(__Host-)?session=/.test(cookie));
  }

  return {
    async readSession(headers) {
      if (!headers.get("cookie")?.includes("session=")) return null;
      const found = await api.getSession({ headers });
      const phone = found?.user.phoneNumber;
      if (!phone) return null;
      return { userId: found.user.id, phone, signedInAt: found.session.createdAt };
    },

    async requestCode({ phone, asker, address, locale, headers }) {
      const isKnown = knownNumbers.has(headers, phone);
      const allowed = await codeLimits.count({ phone, asker, address, isKnown });
      if (!allowed.ok) return allowed;
      const code = makeCode();
      const text = translator(locale, "account")("codeMessage", { code });
      const sent = await sms.send({ to: phone, text, template: "code", locale, values: [code] });
      if (!sent.ok) {
        // She never got it: the one before it still works, and she may ask again at once.
        await codeLimits.forgetLast({ phone, asker });
        return { ok: false, reason: "sms-unavailable" };
      }
      await keepCode(db, hashEntry(secret, { phone, asker, code }));
      return { ok: true };
    },

    async signIn({ phone, asker, code, address, headers }) {
      const allowed = await limits.use("try-address-hour", networkOf(address));
      if (!allowed.ok) return { ...allowed, reason: "too-many-tries" };
      const entry = hashEntry(secret, { phone, asker, code });
      const entered = await db.transaction().execute((trx) => enterCode(trx, entry, headers));
      // A dead or a spent code is not on its way: the next one may come at once. Hours and days
      // are still counted.
      if (entered.ok || entered.reason === "code-over") {
        await codeLimits.forgetLast({ phone, asker });
      }
      return entered;
    },

    signOut,

    askedNumber: createNumberCookie(cookies),
  };
}
