import { inflateRawSync } from "node:zlib";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { parse } from "csv-parse/sync";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postTransaction } from "#app/domain/ledger/post.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { loader as quietFile } from "./quiet-file.ts";
import { loader as salesFile } from "./sales-file.ts";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
let headers: Headers;
let home: MadeHousehold;
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
  const cooperative = await makeCooperative(database.db);
  const signedIn = await signIn.signIn(signIn.nextPhone());
  const member = { cooperative_id: cooperative.id, user_id: signedIn.userId, role: "manager" };
  const members = database.db.insertInto("cooperative_members");
  await members.values({ id: uuidv7(), ...member }).execute();
  headers = signedIn.headers;
  home = await makeHousehold(database.db, { cooperative });
  await sql`update households set head_name = '=1+1' where id = ${home.id}`.execute(database.db);
  const other = await makeHousehold(database.db, {
    cooperative: await makeCooperative(database.db),
  });
  for (const [of, fen, at] of [
    [home, 1_999, "2026-11-20T15:59:59Z"],
    [home, 29_901, "2026-11-20T16:00:00Z"],
    [other, 77_700, "2026-11-20T16:00:00Z"],
  ] as const) {
    await database.db.transaction().execute((trx) =>
      postTransaction(trx, {
        ...{ kind: "sale", causeType: "order", causeId: uuidv7() },
        ...{ idempotencyKey: `sale:${uuidv7()}`, occurredAt: new Date(at) },
        postings: [
          { account: `relief:${of.reliefCode}`, fen: -fen, reliefAccountId: of.reliefAccountId },
          { account: "stripe:clearing", fen },
        ],
      }),
    );
  }
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

async function fileOf(loader: typeof salesFile, format: string, query = "") {
  const request = new Request(`http://market.test/coop/reports?${query}`, { headers });
  const context = { db: database.db, auth: signIn.auth, locale: "en" };
  const args = { request, context, params: { format } } as unknown as LoaderFunctionArgs;
  return loader(args).catch((thrown) => thrown as Response);
}

const DAYS = "from=2026-11-01&until=2026-11-30";

/** The text of a file in a zip, found by its local header. */
function unzipped(zip: Buffer, name: string): string {
  const central = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  for (let at = central; zip.readUInt32LE(at) === 0x02014b50; ) {
    const [length, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const extra = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    if (zip.toString("utf8", at + 46, at + 46 + nameLength) === name) {
      const local = zip.readUInt32LE(at + 42);
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const packed = zip.subarray(start, start + length);
      return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString("utf8");
    }
    at += 46 + nameLength + extra;
  }
  throw new Error(`no ${name} in the file`);
}

test("sales by day are a CSV that Excel reads, by Shanghai's days, without another's", async () => {
  const answer = await fileOf(salesFile, "csv", DAYS);
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-disposition")).toContain("sales-2026-11-01-2026-11-30.csv");
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(parse(bytes, { bom: true })).toEqual([
    ["Day", "Sold", "Given back, corrected", "Net", "Weight"],
    ["2026-11-20", "19.99", "0", "19.99", "0"],
    ["2026-11-21", "299.01", "0", "299.01", "0"],
    ["Sum", "319", "0", "319", "0"],
  ]);
});

test("a name that begins like a formula is a text in either file", async () => {
  const csv = await (await fileOf(salesFile, "csv", `${DAYS}&by=household`)).text();
  expect(csv).toContain("'=1+1 · ");
  const xlsx = await fileOf(salesFile, "xlsx", `${DAYS}&by=household`);
  const zip = Buffer.from(await xlsx.arrayBuffer());
  const sheet = unzipped(zip, "xl/worksheets/sheet1.xml");
  expect(sheet).not.toContain("<f>");
  expect(sheet).toMatch(/<v>319<\/v>/);
  expect(unzipped(zip, "xl/sharedStrings.xml")).toContain("=1+1 · ");
});

test("a format that there is none of is not there, and who is quiet needs no days", async () => {
  expect((await fileOf(salesFile, "pdf", DAYS)).status).toBe(404);
  const quiet = await fileOf(quietFile, "csv");
  expect(quiet.headers.get("content-disposition")).toMatch(/"quiet-\d{4}-\d\d-\d\d\.csv"/);
});
