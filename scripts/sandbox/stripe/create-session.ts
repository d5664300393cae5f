import { buildLine, buildSession, type WireSession } from "./build-session.ts";
import { invalidParameter, notImitated, StripeRefusal } from "./errors.ts";
import { newId } from "./ids.ts";
import { keep } from "./keep.ts";
import type { Sandbox } from "./sandbox.ts";
import { METHODS, type SessionInput } from "./session-params.ts";

const HALF_HOUR = 30 * 60;
const DAY = 24 * 60 * 60;
const GRACE = 10;
// 50 US cents at the sandbox's fixed rate of ¥7.20, as Stripe converts before it compares.
const SMALLEST_FEN = 360;
const LARGEST_FEN = 99_999_999;

/** https://docs.stripe.com/api/checkout/sessions/create: the payment intent comes with the payment. */
export function createSession(sandbox: Sandbox, input: SessionInput): WireSession {
  if (input.mode !== "payment") throw notImitated(`mode=${input.mode}`);
  if (input.ui_mode && input.ui_mode !== "hosted_page")
    throw notImitated(`ui_mode=${input.ui_mode}`);
  const now = sandbox.now();
  const expiresAt = input.expires_at ?? now + DAY;
  checkExpiry(expiresAt - now);
  const lines = input.line_items.map((line) => buildLine(line, now));
  checkTotal(lines.reduce((sum, line) => sum + line.amount_total, 0));
  const methods = METHODS.filter(
    (method) =>
      (input.allowed_payment_method_types ?? METHODS).includes(method) &&
      !input.excluded_payment_method_types?.includes(method),
  );
  if (methods.length === 0)
    throw new StripeRefusal("No valid payment method types for this Checkout Session.");
  const id = newId.session();
  const url = `${pagesUnder(sandbox, input.success_url)}/pay/${id}`;
  const session = buildSession({ id, now, url, input, lines, expiresAt, methods });
  keep(sandbox.store, "checkout.session", session, { dueAt: expiresAt });
  keepIntentData(sandbox, id, input);
  return session;
}

/**
 * Mounted under the market, the payment page opens by the name the buyer came by: a phone in the
 * house reaches the market by a number, and "localhost" would be the phone itself.
 */
function pagesUnder(sandbox: Sandbox, successUrl: string | undefined): string {
  const market = new URL(sandbox.publicUrl);
  const here = successUrl ? URL.parse(successUrl) : null;
  if (!here || sandbox.basePath === "" || here.port !== market.port) return sandbox.publicUrl;
  return here.origin + sandbox.basePath;
}

/** The intent is made when the buyer pays; what it will carry waits beside the session. */
function keepIntentData({ store }: Sandbox, id: string, input: SessionInput) {
  if (!input.payment_intent_data) return;
  store.run(
    "INSERT INTO intent_data (session, body) VALUES (?, ?)",
    id,
    JSON.stringify(input.payment_intent_data),
  );
}

function checkExpiry(seconds: number) {
  // A little grace on both sides: the request took time, and clocks differ.
  if (seconds < HALF_HOUR - GRACE)
    throw invalidParameter(
      "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.",
      "expires_at",
    );
  if (seconds > DAY + GRACE)
    throw invalidParameter(
      "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
      "expires_at",
    );
}

function checkTotal(fen: number) {
  const yuan = `¥${(fen / 100).toFixed(2)}`;
  if (fen < SMALLEST_FEN)
    throw invalidParameter(
      `The Checkout Session's total amount must convert to at least 50 cents. ${yuan} converts to approximately $${(fen / 720).toFixed(2)}.`,
      "line_items",
      "amount_too_small",
    );
  if (fen > LARGEST_FEN)
    throw invalidParameter(
      `The Checkout Session's total amount must be no more than ¥999,999.99. ${yuan} was given.`,
      "line_items",
      "amount_too_large",
    );
}
