import type { AppLoadContext } from "@remix-run/server-runtime";
import { z } from "zod";
import { claimVisitor } from "#app/domain/carts/claim-visitor.ts";
import { readPhone } from "#app/forms/read-phone.ts";
import { translator } from "#app/i18n/translate.ts";
import { DROP_SHOWN_PAGES } from "#app/ui/not-kept.ts";

/** A typed number as E.164. */
export const phoneField = z.string().transform((text, check) => {
  const phone = readPhone(text);
  if (phone === null) check.addIssue({ code: "custom", message: "phone" });
  return phone ?? "";
});

/** The six digits of a code, however they are grouped or typed. */
export const codeField = z
  .string()
  .transform((text) => text.normalize("NFKC").replace(/[\s-]/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "code"));

type At = { request: Request; context: AppLoadContext };
/** Why a code was not sent or not taken, in the reader's words. */
type Refusal = { ok: false; status: 422 | 429 | 503; notice: string; headers: HeadersInit };

const waitFor = (seconds: number) => ({ "Retry-After": String(seconds) });

/**
 * Texts a code to a number and gives the cookie that remembers whose is being entered, and where to
 * go after. Two taps on one page (`asker`) send one code: the second is `isSentBefore`.
 */
export async function sendCode(
  { request, context }: At,
  asked: { phone: string; asker: string; to: string },
): Promise<{ ok: true; isSentBefore: boolean; cookie: string } | Refusal> {
  const { phone, asker } = asked;
  const { auth, clientAddress: address, locale } = context;
  const sent = await auth.requestCode({ phone, asker, address, headers: request.headers, locale });
  if (sent.ok || sent.reason === "code-just-sent") {
    return { ok: true, isSentBefore: !sent.ok, cookie: auth.askedNumber.write(asked) };
  }
  const t = translator(locale, "account");
  if (sent.reason === "sms-unavailable") {
    return { ok: false, status: 503, notice: t("signIn.smsDown"), headers: {} };
  }
  const minutes = Math.ceil(sent.retryAfterSeconds / 60);
  const headers = waitFor(sent.retryAfterSeconds);
  return { ok: false, status: 429, notice: t("signIn.tooMany", { minutes }), headers };
}

/**
 * Spends a code: whoever entered it is signed in by its number, and what this browser gathered
 * before (cart, addresses, guest orders) is hers. `headers` set the session's cookies, and drop the
 * pages that another person has seen here.
 */
export async function enterCode(
  { request, context }: At,
  { phone, asker, code }: { phone: string; asker: string; code: string },
): Promise<{ ok: true; userId: string; headers: Headers } | Refusal> {
  const { auth, clientAddress: address, locale, visitorId } = context;
  const entered = await auth.signIn({ phone, asker, code, address, headers: request.headers });
  if (!entered.ok) {
    const t = translator(locale, "account");
    if (entered.reason === "code-wrong") {
      const notice = t("code.wrong", { tries: entered.triesLeft });
      return { ok: false, status: 422, notice, headers: {} };
    }
    if (entered.reason === "code-over") {
      return { ok: false, status: 422, notice: t("code.over"), headers: {} };
    }
    const minutes = Math.ceil(entered.retryAfterSeconds / 60);
    const notice = t("code.tooMany", { minutes });
    return { ok: false, status: 429, notice, headers: waitFor(entered.retryAfterSeconds) };
  }
  const { userId, isAnothersBrowser, setCookies } = entered;
  await claimVisitor(context.db, { visitorId, userId });
  const headers = new Headers(isAnothersBrowser ? [[...DROP_SHOWN_PAGES]] : []);
  for (const cookie of setCookies) headers.append("Set-Cookie", cookie);
  headers.append("Set-Cookie", auth.askedNumber.clear());
  return { ok: true, userId, headers };
}
