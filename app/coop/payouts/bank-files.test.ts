import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as saveAccount } from "./account.tsx";
import { loader as csv } from "./bank-file.ts";
import { action as confirm } from "./confirmation.ts";
import { action as prepare } from "./page.tsx";
import { loader as xml } from "./pain-001.ts";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

const ACCOUNT = { name: "合作社", number: "5100 1234-5678 9", bank: "农商行", code: "" };

async function makeRun() {
  const made = { database, signIn };
  const desk = { earnings: [1_000, 2_500], roles: ["manager", "bookkeeper"] as const };
  const { people, cooperative } = await makePayoutDesk(made, desk);
  const [first, second] = people.map(({ headers }) => headers) as [Headers, Headers];
  const clientKey = uuidv7();
  const { to } = await at(made, prepare, { headers: first, body: { clientKey } });
  const params = { runId: to.split("/").at(-1) ?? "" };
  const file = (door: typeof csv, headers = first) => at(made, door, { headers, params });
  const approve = () => at(made, confirm, { headers: second, params, body: {} });
  const save = (body: Record<string, string>) => at(made, saveAccount, { headers: first, body });
  return { headers: first, params, file, approve, save, cooperative };
}

test("both bank files are there for an approved run of one's own, and kept in no cache", async () => {
  const [run, other] = [await makeRun(), await makeRun()];
  expect((await run.save(ACCOUNT)).status).toBe(303);
  for (const door of [csv, xml]) expect((await run.file(door)).status).toBe(404);
  await run.approve();
  const types = { csv: "text/csv", xml: "application/xml" };
  for (const [door, name] of [
    [csv, "csv"],
    [xml, "xml"],
  ] as const) {
    const { status, headers } = await run.file(door);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe(`${types[name]}; charset=utf-8`);
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="JS[\w-]+\.\w+"$/);
    expect(headers.get("cache-control")).toBe("no-store");
    const { params } = run;
    const anothers = await at({ database, signIn }, door, { headers: other.headers, params });
    expect(anothers.status, "another cooperative's").toBe(404);
    const signedOut = await at({ database, signIn }, door, { headers: new Headers(), params });
    expect(signedOut.to).toMatch(/^\/sign-in/);
  }
});

test("without an account that pays, or with a household's that is none, the page says why there is no ISO file", async () => {
  const run = await makeRun();
  await run.approve();
  const { runId } = run.params;
  expect((await run.file(xml)).to).toBe(`/coop/payouts/${runId}?problem=no-own-account`);
  await run.save(ACCOUNT);
  await sql`update payouts set bank_account_number = '尾号 8901' where payout_run_id = ${runId}`.execute(
    database.db,
  );
  expect((await run.file(xml)).to).toBe(`/coop/payouts/${runId}?problem=account-unfit`);
  expect((await run.file(csv)).status).toBe(200);
});

test("the account that pays is checked field by field and changed once, known in the log by its end", async () => {
  const run = await makeRun();
  const wrong = await run.save({ name: " ", number: "12<4", bank: "农".repeat(71), code: "12345" });
  expect(wrong).toMatchObject({
    status: 422,
    data: {
      errors: { name: "required", number: "bankAccount", bank: "tooLong", code: "bankCode" },
      values: { number: "12<4" },
    },
  });
  await run.save(ACCOUNT);
  await run.save({ ...ACCOUNT, number: "5100123456789" });
  await run.save({ ...ACCOUNT, code: "402684000012" });
  const { rows } = await sql`select before, after from audit_log
    where subject_id = ${run.cooperative.id} and action = 'bank-account.set' order by id`.execute(
    database.db,
  );
  const end = { numberEnd: "6789" };
  expect(rows).toEqual([
    { before: null, after: end },
    { before: end, after: end },
  ]);
});
