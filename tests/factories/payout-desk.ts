import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { v7 as uuidv7 } from "uuid";
import type { CoopRole } from "#app/domain/people/coop-rights.ts";
import { createLogger } from "#app/log.ts";
import type { TestDatabase } from "#tests/setup/database.ts";
import { earn } from "./money.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { coopScope } from "./scopes.ts";
import type { makeSignIn } from "./sign-in.ts";

type Door = (args: ActionFunctionArgs) => unknown;
type Made = { database: TestDatabase; signIn: ReturnType<typeof makeSignIn> };

export type Answer = {
  status: number;
  to: string;
  headers: Headers;
  body: string;
  data: Record<string, unknown>;
};

/** A cooperative that owes its households so much, and its people, each signed in, by role. */
export async function makePayoutDesk(
  { database: { db }, signIn }: Made,
  { earnings, roles }: { earnings: number[]; roles: readonly CoopRole[] },
) {
  const cooperative = await makeCooperative(db);
  const homes: Awaited<ReturnType<typeof makeHousehold>>[] = [];
  for (const fen of earnings) {
    const home = await makeHousehold(db, { cooperative });
    await earn(db, home, fen);
    homes.push(home);
  }
  const people = [];
  for (const role of roles) {
    const phone = signIn.nextPhone();
    const { userId, headers } = await signIn.signIn(phone);
    const member = { id: uuidv7(), cooperative_id: cooperative.id, user_id: userId, role };
    await db.insertInto("cooperative_members").values(member).execute();
    const scope = coopScope({ userId, cooperativeId: cooperative.id });
    people.push({ role, phone, headers, scope });
  }
  return { cooperative, homes, people };
}

/** What somebody gets at a page's door; with a body it is sent as a form. */
export async function at(
  { database, signIn }: Made,
  door: Door,
  sent: {
    headers: Headers;
    params?: Record<string, string>;
    search?: Record<string, string>;
    body?: Record<string, string> | FormData;
    locale?: "zh" | "en";
  },
): Promise<Answer> {
  const { headers, params = {}, search = {}, body, locale = "zh" } = sent;
  const form = body instanceof FormData ? body : body && new URLSearchParams(body);
  const url = `http://market.test/coop/payouts?${new URLSearchParams(search)}`;
  const request = new Request(url, { headers, ...(form && { method: "POST", body: form }) });
  const log = createLogger("test", "silent");
  const context = { db: database.db, auth: signIn.auth, locale, log };
  const args = { request, context, params } as unknown as ActionFunctionArgs;
  const given = await Promise.resolve(door(args)).catch((thrown: unknown) => thrown);
  if (given instanceof Response) {
    const to = given.headers.get("location") ?? "";
    return { status: given.status, to, headers: given.headers, body: await given.text(), data: {} };
  }
  if (given instanceof Error) throw given;
  const { data = given, init } = given as { data?: unknown; init?: { status?: number } };
  const read = data as Answer["data"];
  return { status: init?.status ?? 200, to: "", headers: new Headers(), body: "", data: read };
}
