import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { loader as bankFile } from "./bank-file.ts";
import { action as confirm } from "./confirmation.ts";
import { loader as payouts, action as prepare } from "./page.tsx";
import { loader as read } from "./run.tsx";

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

type Roles = Parameters<typeof makePayoutDesk>[1]["roles"];

async function makeDesk(roles: Roles) {
  const made = { database, signIn };
  const desk = await makePayoutDesk(made, { earnings: [1_000, 2_500], roles });
  const by = (role: string) => {
    const person = desk.people.find((one) => one.role === role);
    if (!person) throw new Error(`no ${role}`);
    return person;
  };
  const go = (
    role: string,
    door: Parameters<typeof at>[1],
    runId = "",
    body?: Record<string, string>,
  ) => at(made, door, { headers: by(role).headers, params: { runId }, body });
  const begin = async (role: string) => {
    const prepared = await go(role, prepare, "", { clientKey: uuidv7() });
    expect(prepared.status).toBe(303);
    return prepared.to.split("/").at(-1) ?? "";
  };
  return { ...desk, by, go, begin };
}

const paidFen = async (runId: string) =>
  (
    await sql<{ fen: number }>`select coalesce(sum(p.fen), 0) as fen from payouts o
      join ledger_transactions t on t.idempotency_key = 'payout:' || o.id
      join postings p on p.transaction_id = t.id and p.fen > 0
      where o.payout_run_id = ${runId}`.execute(database.db)
  ).rows[0]?.fen;

test.each([
  ["manager", "bookkeeper"],
  ["bookkeeper", "manager"],
])(
  "what a %s prepares only a %s approves, and no bank file is out before",
  async (first, second) => {
    const desk = await makeDesk(["manager", "bookkeeper", "packer"]);
    const runId = await desk.begin(first);
    const own = await desk.go(first, confirm, runId, { evenIfOverdrawn: "yes" });
    expect(own).toMatchObject({ status: 303, to: `/coop/payouts/${runId}?problem=same-person` });
    expect((await desk.go("packer", confirm, runId, {})).status).toBe(403);
    for (const role of [first, second]) {
      expect((await desk.go(role, bankFile, runId)).status, `${role}'s file`).toBe(404);
    }
    expect(await paidFen(runId)).toBe(0);

    const tail = (role: string) => desk.by(role).phone.slice(-4);
    expect((await desk.go(first, read, runId)).data).toMatchObject({
      people: { isMine: true, preparedBy: { role: first, tail: tail(first), isMe: true } },
      others: [{ role: second, tail: tail(second), isMe: false }],
      mayInvite: first === "manager",
    });
    expect((await desk.go(second, read, runId)).data).toMatchObject({
      people: { isMine: false, preparedBy: { role: first, isMe: false }, confirmedBy: null },
    });

    const approved = await desk.go(second, confirm, runId, {});
    expect(approved).toMatchObject({ status: 303, to: `/coop/payouts/${runId}` });
    expect(await paidFen(runId)).toBe(3_500);
    const file = await desk.go(first, bankFile, runId);
    expect(file.status).toBe(200);
    expect(file.headers.get("cache-control")).toBe("no-store");
    expect((await desk.go(first, read, runId)).data).toMatchObject({
      people: { confirmedBy: { role: second, tail: tail(second) } },
    });
    const { rows } = await sql`select actor_user_id as by, action from audit_log
    where subject_id = ${runId} order by id`.execute(database.db);
    expect(rows).toEqual([
      { by: desk.by(first).scope.userId, action: "payout-run.prepared" },
      { by: desk.by(second).scope.userId, action: "payout-run.confirmed" },
    ]);
  },
);

test("a manager alone with the money is told to ask somebody to join, before she prepares and after", async () => {
  const desk = await makeDesk(["manager", "packer"]);
  const left = uuidv7();
  const { userId } = await signIn.signIn(signIn.nextPhone());
  await database.db
    .insertInto("cooperative_members")
    .values({ id: left, cooperative_id: desk.cooperative.id, user_id: userId, role: "bookkeeper" })
    .execute();
  await sql`update cooperative_members set ended_at = now() where id = ${left}`.execute(
    database.db,
  );
  const alone = { others: [], mayInvite: true };
  expect((await desk.go("manager", payouts)).data).toMatchObject(alone);
  const runId = await desk.begin("manager");
  expect((await desk.go("manager", read, runId)).data).toMatchObject(alone);
});
