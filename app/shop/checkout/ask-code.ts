import { createHash } from "node:crypto";
import type { AppLoadContext } from "@remix-run/server-runtime";
import { readPhone } from "#app/forms/read-phone.ts";

type Asked = { buyerPhone: string; phone: string };

/** Her own number as E.164: the one beside the button, else the one on the parcel; null when it is none. */
export function ownPhone({ buyerPhone, phone }: Asked): string | null {
  return readPhone(buyerPhone.trim() === "" ? phone : buyerPhone);
}

/**
 * Texts a code to a guest who has just ordered, and leads to the page where it is entered: also where
 * none could be sent, because her order stands and can be paid without. The form sent twice sends one
 * code: its key is made of the browser's unguessable id, so no stranger has it.
 */
export async function askCode(
  { request, context }: { request: Request; context: AppLoadContext },
  { number, orderKey, phone }: { number: string; orderKey: string; phone: string },
): Promise<string> {
  const { auth, clientAddress: address, locale, visitorId } = context;
  const asker = createHash("sha256").update(`${visitorId}\n${orderKey}`).digest("hex");
  const to = `/orders/${number}/phone`;
  const sent = await auth.requestCode({ phone, asker, address, headers: request.headers, locale });
  if (sent.ok || sent.reason === "code-just-sent") {
    context.setCookie(auth.askedNumber.write({ phone, asker, to }));
    return to;
  }
  return `${to}?problem=${sent.reason === "sms-unavailable" ? "sms" : "often"}`;
}
