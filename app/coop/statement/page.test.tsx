import { parse } from "csv-parse/sync";
import { sql } from "kysely";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { messages } from "#app/i18n/messages.ts";
import { EntryTable } from "#app/statement/entry-table.tsx";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { loader as file } from "./file.ts";
import { loader } from "./page.tsx";
import { loader as proof } from "./proof.ts";

let made: { database: TestDatabase; signIn: ReturnType<typeof makeSignIn> };
let payments: TestPayments;
beforeAll(async () => {
  const database = await createTestDatabase();
  made = { database, signIn: makeSignIn(database.url) };
  payments = await startTestPayments();
});
afterAll(async () => {
  await payments.close();
  await made.signIn.pool.end();
  await made.database.drop();
});

async function makeSold() {
  const { db } = made.database;
  const desk = await makePayoutDesk(made, { earnings: [1], roles: ["bookkeeper", "manager"] });
  const [household] = desk.homes;
  if (!household) throw new Error("no household");
  const listing = await makeListing(db, { lots: [{ household, quantity: 40 }] });
  await makePaidCheckout(db, payments, [{ listing, quantity: 2 }]);
  const [bookkeeper, manager] = desk.people;
  if (!bookkeeper || !manager) throw new Error("nobody");
  return { desk, bookkeeper, manager };
}

test("a month is a file that a spreadsheet reads, oldest first, from balance to balance", async () => {
  const { bookkeeper } = await makeSold();
  const ask = (format: string, search: Record<string, string> = {}) =>
    at(made, file, { headers: bookkeeper.headers, params: { format }, search, locale: "en" });
  const csv = await ask("csv", { of: "own" });
  expect(csv.headers.get("content-disposition")).toMatch(/statement-own-\d{4}-\d\d\.csv"$/);
  expect(csv.headers.get("cache-control")).toBe("no-store");
  const [, heads, opening, ...rest] = parse(csv.body, { bom: true, relax_column_count: true });
  const closing = rest.findIndex((row: string[]) => row[0] === "Balance after");
  const entries: string[][] = rest.slice(0, closing);
  expect(heads).toContain("Balance (yuan)");
  expect(opening?.slice(0, 8)).toEqual(["Balance before", "", "", "", "", "", "", "0"]);
  expect(entries.map((row) => row[2]).sort()).toEqual(["Fees", "Freight"]);
  const sum = entries.reduce((fen, row) => fen + Math.round(Number(row[5]) * 100), 0);
  expect(Math.round(Number(rest[closing]?.[7]) * 100)).toBe(sum);
  const xlsx = await ask("xlsx");
  expect(xlsx.headers.get("content-type")).toContain("spreadsheetml");
  expect((await ask("pdf")).status).toBe(404);
});

test("an entry leads where its reader may go: a bookkeeper opens no parcel, a manager does", async () => {
  const { bookkeeper, manager } = await makeSold();
  const { entries } = await readOwnStatement(made.database.db, manager.scope, { part: "own" });
  const draw = (rights: string[]) =>
    renderToStaticMarkup(
      <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
        {createElement(EntryTable, { entries, reader: { rights }, part: "own" })}
      </IntlProvider>,
    );
  const rights = async (headers: Headers) =>
    (await at(made, loader, { headers })).data.rights as string[];
  expect(draw(await rights(manager.headers))).toContain("/coop/parcels/");
  const hers = draw(await rights(bookkeeper.headers));
  expect(hers).not.toContain("/coop/parcels/");
  expect(hers).toContain(entries[0]?.orderNumber ?? "-");
});

test("what an address asks that is nothing is the newest month of the cooperative's own", async () => {
  const { bookkeeper } = await makeSold();
  const { headers } = bookkeeper;
  const newest = (await at(made, loader, { headers })).data;
  expect(newest).toMatchObject({ part: "own", statement: { entries: [{}, {}] } });
  const odd: Record<string, string>[] = [
    { of: "all'", month: "2026-13" },
    { before: "%00" },
    { month: "0" },
  ];
  for (const search of odd) {
    const { data } = await at(made, loader, { headers, search });
    expect(data).toMatchObject({ part: "own", statement: newest.statement as object });
  }
  const empty = await at(made, loader, { headers, search: { month: "2021-02" } });
  expect(empty.data).toMatchObject({ statement: { month: "2021-02", entries: [], closingFen: 0 } });
  const early = await at(made, proof, {
    ...{
      headers,
      params: { transactionId: (newest.statement as Read).entries[0]?.transactionId ?? "" },
    },
  });
  expect(early).toMatchObject({ status: 303, to: "/coop/statement" });
  const unknown = await at(made, proof, { headers, params: { transactionId: "x" } });
  expect(unknown.status).toBe(404);
});

test("where no proof can be made any more, the statement says so, and no link keeps a page as the proof", async () => {
  const { manager } = await makeSold();
  const { db } = made.database;
  const { headers } = manager;
  await sealLedger(db);
  const { entries } = await readOwnStatement(db, manager.scope, { part: "own" });
  const params = { transactionId: entries[0]?.transactionId ?? "" };
  const links = renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      {createElement(EntryTable, { entries, reader: { rights: [] }, part: "own" })}
    </IntlProvider>,
  );
  expect(links).toContain(`/coop/statement/entries/${params.transactionId}/proof`);
  expect(links).not.toContain("download");
  expect((await at(made, proof, { headers, params })).body).toContain('"seal"');
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`update ledger_transactions set occurred_at = occurred_at - interval '1 day'
      where id = ${params.transactionId}`.execute(trx);
  });
  const { to } = await at(made, proof, { headers, params });
  expect(to).toBe("/coop/statement?proof=broken");
  const search = Object.fromEntries(new URL(to, "http://market.test").searchParams);
  expect((await at(made, loader, { headers, search })).data).toMatchObject({ isSealBroken: true });
  expect((await at(made, loader, { headers })).data).toMatchObject({ isSealBroken: false });
});

type Read = Awaited<ReturnType<typeof readOwnStatement>>;
