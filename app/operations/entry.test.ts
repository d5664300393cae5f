import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reconcile } from "#app/domain/reconcile/reconcile.ts";
import { takeFees } from "#app/domain/reconcile/take-fees.ts";
import type { Services } from "#app/load-context.ts";
import { createLogger } from "#app/log.ts";
import { balanceOf, makeMovement } from "#tests/factories/balance.ts";
import { formOf, openFarm } from "#tests/factories/farm.ts";
import { servePages } from "#tests/setup/serve-pages.ts";
import * as entry from "./entry.tsx";
import * as reconciliation from "./reconciliation.tsx";

const publicUrl = "http://market.test";
const tomorrow = new Date(Date.now() + 24 * 60 * 60_000);
let farm: Awaited<ReturnType<typeof openFarm>>;
let shop: Awaited<ReturnType<typeof servePages>>;
let operator: string;
let somebody: string;
let id: string;
let path: string;

const topUp = (of: string, fen: number) =>
  makeMovement({ id: of, fen, category: "topup", type: "topup", sourceId: `tu_${of}` });
const [real, forged] = [topUp("txn_real", 5_000), topUp("txn_forged", 9_000)];

/** A line that is not at Stripe was booked, and a reconciliation has named it. */
beforeAll(async () => {
  farm = await openFarm();
  const { db, made } = farm;
  const { context } = farm.args(new Headers());
  const services = { ...context, publicUrl, log: createLogger("test", "silent") };
  const pages = { "operations/entries/:entry": entry, "operations/reconciliation": reconciliation };
  shop = await servePages(pages, services as unknown as Services);
  const [who, other] = [await made.signIn(made.nextPhone()), await made.signIn(made.nextPhone())];
  await db.insertInto("operators").values({ id: uuidv7(), user_id: who.userId }).execute();
  operator = who.headers.get("cookie") ?? "";
  somebody = other.headers.get("cookie") ?? "";
  await takeFees(db, balanceOf([real, forged]));
  await reconcile(db, balanceOf([real]), { now: tomorrow });
  const { rows } = await sql<{ id: string }>`select id from ledger_transactions
    where idempotency_key = 'stripe-movement:txn_forged'`.execute(db);
  id = rows[0]?.id ?? "";
  path = `/operations/entries/${id}`;
});
afterAll(async () => {
  await shop.close();
  await farm.close();
});

const get = (to: string, cookie = operator) => shop.get(to, { cookie });
async function post(fields: Record<string, string>, { to = path, cookie = operator } = {}) {
  const answer = await fetch(`http://127.0.0.1:${shop.port}${to}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: publicUrl, cookie },
    body: formOf(fields),
  });
  return { status: answer.status, to: answer.headers.get("location"), html: await answer.text() };
}
const keyIn = (html: string) => /name="clientKey" value="([^"]+)"/.exec(html)?.[1] ?? "";
async function reversals() {
  const { rows } = await sql<{ reason: string }>`select n.after ->> 'reason' as reason
    from ledger_transactions t join audit_log n on n.subject_id = t.reverses_id
    where t.kind = 'reversal'`.execute(farm.db);
  return rows.map(({ reason }) => reason);
}

describe("the page that puts an entry right", () => {
  test("is led to by the difference, and shows each posting that reversing makes", async () => {
    const { html } = await get("/operations/reconciliation");
    expect(html).toContain(`href="${path}"`);
    const shown = await get(path);
    expect(shown.status).toBe(200);
    expect(shown.html).toContain("txn_forged");
    expect(shown.html).toMatch(/bank:market.*90\.00.*stripe:clearing.*90\.00/s);
    expect(shown.html).toContain("确认冲正");
  });

  test("is the operator's alone, and of no entry that is not there", async () => {
    const form = { clientKey: uuidv7(), reason: "x" };
    expect((await get(path, somebody)).status).toBe(403);
    expect((await post(form, { cookie: somebody })).status).toBe(403);
    expect((await post(form, { cookie: "" })).status).toBeGreaterThanOrEqual(300);
    for (const none of [uuidv7(), "x"]) {
      const to = `/operations/entries/${none}`;
      expect((await get(to)).status).toBe(404);
      expect((await post(form, { to })).status).toBe(404);
    }
    expect(await reversals()).toEqual([]);
  });

  test.each([
    ["zh", "lang=zh", "这里还没填", ""],
    ["en", "lang=en", "This is still empty", "No names and no phone numbers"],
  ])(
    "says beside the reason what is wrong with it, in %s, and keeps what was typed",
    async (_, query, words, hint) => {
      const to = `${path}?${query}`;
      const clientKey = uuidv7();
      const empty = await post({ clientKey, reason: " \u200b" }, { to });
      expect(empty.status).toBe(422);
      expect(empty.html).toContain('id="field-reason-error"');
      expect(empty.html).toContain(words);
      expect(empty.html).toContain(hint);
      expect(keyIn(empty.html)).toBe(clientKey);
      const long = await post({ clientKey, reason: "查".repeat(201) }, { to });
      expect(long.status).toBe(422);
      expect(long.html).toContain(`value="${"查".repeat(201)}"`);
      expect(await reversals()).toEqual([]);
    },
  );

  test("reverses once however often its form is sent, and says so wherever it is shown", async () => {
    const clientKey = keyIn((await get(path)).html);
    const form = { clientKey, reason: "Stripe 后台没有 txn_forged" };
    const both = await Promise.all([post(form), post(form)]);
    expect(both.map(({ status, to }) => [status, to])).toEqual([
      [303, path],
      [303, path],
    ]);
    const late = await post({ clientKey: uuidv7(), reason: "另一个人" });
    expect(late.status).toBe(409);
    for (const html of [late.html, (await get(path)).html]) {
      expect(html).toContain("Stripe 后台没有 txn_forged");
      expect(html).not.toContain("确认冲正");
    }
    expect(await reversals()).toEqual([form.reason]);
    expect((await get("/operations/reconciliation")).html).toContain("已经冲正");
    await reconcile(farm.db, balanceOf([real]), { now: new Date(tomorrow.getTime() + 60_000) });
    expect((await get("/operations/reconciliation")).html).not.toContain(id);
  });

  test("tells of what no hand reverses which way back it has", async () => {
    const { rows } = await sql<{ id: string }>`select id from ledger_transactions
      where idempotency_key = 'stripe-movement:txn_real'`.execute(farm.db);
    const to = `/operations/entries/${rows[0]?.id}`;
    expect((await get(to)).html).toContain("没有要冲正的");
    expect((await post({ clientKey: uuidv7(), reason: "x" }, { to })).status).toBe(409);
  });
});
