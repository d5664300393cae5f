import type { AppLoadContext } from "@remix-run/server-runtime";
import type { TestDatabase } from "#tests/setup/database.ts";
import type { TestPayments } from "#tests/setup/payments.ts";
import { makeBuyer } from "./orders.ts";
import type { makeSignIn } from "./sign-in.ts";

export const HOME = {
  ...{ recipient: "王小姐", phone: "13800000001", street: "天河路 1 号", township: "石牌街道" },
  ...{ province: "440000", city: "440100", county: "440106" },
};
export const WORK = { ...HOME, recipient: "李先生", street: "科学城 2 号", county: "440112" };

type Market = {
  database: TestDatabase;
  payments?: TestPayments;
  signIn: ReturnType<typeof makeSignIn>;
};
type Module = { loader?: unknown; action?: unknown };
type Data = {
  values: Record<string, string>;
  errors: Record<string, string>;
  isFull: boolean;
  saved: { id: string }[];
  addresses: { id: string; recipient: string; township: string; isDefault: boolean }[];
  view: { quote: { orderKey: string; totalFen: number } };
};
type Call = (args: object) => Promise<unknown>;

/** A browser: it opens a page or, with a form, sends it; what it is answered. */
export function openBrowser(
  { database, payments, signIn }: Market,
  headers: Headers,
  visitorId: string,
) {
  return async (module: Module, form?: Record<string, string>, id = "") => {
    const context = {
      ...{ db: database.db, auth: signIn.auth, payments: payments?.gateway, locale: "zh" },
      ...{ publicUrl: "http://market.test", visitorId, setCookie: () => {} },
    } as unknown as AppLoadContext;
    const request = new Request("http://market.test/account/addresses", {
      ...{ method: form ? "POST" : "GET", headers, body: form && new URLSearchParams(form) },
    });
    const run = (form ? module.action : module.loader) as Call;
    const thrown = (error: unknown) => error;
    const answer = await run({ request, context, params: { id } }).catch(thrown);
    if (answer instanceof Response) {
      return { status: answer.status, to: answer.headers.get("location"), data: null };
    }
    const { init, data } = answer as { init?: { status: number }; data?: Data };
    return { status: init?.status ?? 200, to: null, data: data ?? (answer as Data) };
  };
}

/** Somebody who is signed in, and her browser. */
export async function signInBuyer(market: Market) {
  const { headers, userId } = await market.signIn.signIn(market.signIn.nextPhone());
  const buyer = makeBuyer(userId);
  return { buyer, ask: openBrowser(market, headers, buyer.visitorId) };
}
