import type { AppLoadContext } from "@remix-run/server-runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as cancel } from "./cancellation.ts";
import { loader as invoice, action as keepInvoice } from "./invoice.tsx";
import { loader as show } from "./page.tsx";
import { action as pay } from "./payment.ts";
import { loader as receipt } from "./payment-receipt.tsx";
import { loader as proof } from "./proof.ts";
import { action as reorder } from "./reorder.ts";
import { loader as comeBack } from "./return.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const pages = [
  ["the order's page", "GET", show],
  ["its proof", "GET", proof],
  ["the way back from paying", "GET", comeBack],
  ["paying", "POST", pay],
  ["cancelling", "POST", cancel],
  ["its invoice", "GET", invoice],
  ["keeping its invoice", "POST", keepInvoice],
  ["its receipt", "GET", receipt],
  ["buying it again", "POST", reorder],
] as const;

test.each(pages)("%s is not found for what can be no order's number", async (_, method, answer) => {
  for (const number of ["TJ\0", "TJ2026112200000١", "' or 1=1", ""]) {
    const request = new Request("http://market.test/orders/odd", { method });
    const auth = { readSession: async () => null };
    const context = { db: database.db, auth, visitorId: "none" } as unknown as AppLoadContext;
    const refused = await answer({ request, context, params: { number } }).catch((said) => said);
    expect([number, (refused as Response).status]).toEqual([number, 404]);
  }
});
