import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { endToEndId } from "#app/domain/payouts/end-to-end-id.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import { pain002 } from "#tests/factories/pain-002.ts";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { action as confirm } from "../confirmation.ts";
import { action as prepare } from "../page.tsx";
import { loader as look, action as take } from "./show.tsx";
import { action as upload } from "./upload.tsx";

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

async function makeApproved() {
  const made = { database, signIn };
  const desk = { earnings: [1_000, 2_500], roles: ["bookkeeper", "manager"] as const };
  const { people } = await makePayoutDesk(made, desk);
  const [{ headers, scope }, second] = people as [(typeof people)[0], (typeof people)[0]];
  const body = { clientKey: uuidv7() };
  const runId = (await at(made, prepare, { headers, body })).to.split("/").at(-1) ?? "";
  await at(made, confirm, { headers: second.headers, params: { runId }, body: {} });
  const items = async () => (await readRun(database.db, scope, runId))?.items ?? [];
  const send = (file: BlobPart | null, clientKey: string = uuidv7()) => {
    const form = new FormData();
    form.set("clientKey", clientKey);
    if (file !== null) form.set("file", new File([file], "回执.csv", { type: "text/csv" }));
    return at(made, upload, { headers, body: form });
  };
  const open = (door: Parameters<typeof at>[1], to: string, body?: Record<string, string>) =>
    at(made, door, { headers, params: { answersId: to.split("/").at(-1) ?? "" }, body });
  return { items, send, open };
}

test("a file is looked at, then taken, each once however often it is sent", async () => {
  const { items, send, open } = await makeApproved();
  const [first, second] = await items();
  const text = `EndToEndId,状态,原因
${endToEndId(first?.id ?? "")},成功,
${endToEndId(second?.id ?? "")},退回,账号不对
${endToEndId(uuidv7())},成功,`;
  const clientKey = uuidv7();
  const sent = await send(text, clientKey);
  expect(sent.status).toBe(303);
  expect((await send(text, clientKey)).to).toBe(sent.to);
  const other = await send(text.replace("账号不对", "户名不对"), clientKey);
  expect(other.status).toBe(303);
  expect(other.to).not.toBe(sent.to);
  const verdicts = ["pay", "bounce", "unknown-item"].map((verdict) => ({ verdict }));
  const shown = await open(look, sent.to);
  expect(shown.data).toMatchObject({ answers: { takenAt: null, rows: verdicts } });
  expect((await items()).map(({ status }) => status)).toEqual(["paid", "paid"]);
  for (const _ of [1, 2]) expect((await open(take, sent.to, {})).to).toBe(sent.to);
  expect(await items()).toMatchObject([
    { status: "paid", bankPaidAt: expect.any(Date) },
    { status: "bounced", bounceReason: "account-wrong" },
  ]);
  expect((await open(look, sent.to)).data).toMatchObject({ answers: { rows: verdicts } });
});

test("a bank's status report is looked at and taken by the same page", async () => {
  const { items, send, open } = await makeApproved();
  const [first, second] = await items();
  const transfers = [
    { payoutId: first?.id ?? "", status: "ACSC", fen: 1_000 },
    { payoutId: second?.id ?? "", status: "RJCT", why: { code: "AC06" } },
  ];
  const run = "JS20261122-000000";
  const report = (id: string) => pain002({ run: id, payments: [{ id: "any", transfers }] });
  // Of another run than theirs, nothing is recorded of them.
  const other = await open(look, (await send(report(run))).to);
  const wrong = ["another-run", "another-run"].map((verdict) => ({ verdict }));
  expect(other.data).toMatchObject({ answers: { rows: wrong } });
  const sent = await send(`\ufeff${report("NOTPROVIDED")}`);
  expect((await open(look, sent.to)).data).toMatchObject({
    answers: { rows: [{ verdict: "pay" }, { verdict: "bounce", said: "RJCT", code: "AC06" }] },
  });
  expect((await open(take, sent.to, {})).to).toBe(sent.to);
  expect(await items()).toMatchObject([
    { status: "paid", bankPaidAt: expect.any(Date) },
    { status: "bounced", bounceReason: "account-closed" },
  ]);
});

test("a file that is none, too large or no table is refused beside its field, and nothing is kept", async () => {
  const { send } = await makeApproved();
  const refused: [BlobPart | null, string][] = [
    [null, "answers-none"],
    ["", "answers-none"],
    ["x".repeat(900_001), "answers-too-large"],
    [Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), "answers-not-a-table"],
    ["PK\u0003\u0004\u0000", "answers-not-a-table"],
    ['附言,状态\n"x', "answers-not-a-table"],
    ["姓名,金额\n甲,1", "answers-no-columns"],
    ["附言,状态\n", "answers-no-rows"],
    [`附言,状态\n${"x,成功\n".repeat(5_001)}`, "answers-too-many-rows"],
    ["<html><body>登录</body>", "answers-not-xml"],
    ['<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "answers-not-xml"],
    ["<a/>", "answers-not-pain-002"],
    [pain002({ run: "NOTPROVIDED", status: "RJCT" }), "answers-no-run"],
  ];
  for (const [file, error] of refused) {
    const { status, data } = await send(file);
    expect({ status, data }).toMatchObject({ status: 422, data: { errors: { file: error } } });
  }
  expect(await send("附言,状态\nx,成功", "no-key")).toMatchObject({ status: 422 });
  const kept = database.db
    .selectFrom("payout_answers")
    .select("id")
    .where("client_key", "like", "no-key%");
  expect(await kept.execute()).toEqual([]);
});
