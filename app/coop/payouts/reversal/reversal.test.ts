import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readRun } from "#app/domain/payouts/read-run.ts";
import { at, makePayoutDesk } from "#tests/factories/payout-desk.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { loader as bankFile } from "../bank-file.ts";
import { action as confirm } from "../confirmation.ts";
import { loader as payouts, action as prepare } from "../page.tsx";
import { loader as show } from "../run.tsx";
import { action as approve } from "./approval.ts";
import { action as ask, loader as form } from "./page.tsx";
import { action as withdraw } from "./withdrawal.ts";

let made: { database: TestDatabase; signIn: ReturnType<typeof makeSignIn> };
beforeAll(async () => {
  const database = await createTestDatabase();
  made = { database, signIn: makeSignIn(database.url) };
});
afterAll(async () => {
  await made.signIn.pool.end();
  await made.database.drop();
});

/** A run that the bookkeeper prepared and the manager approved. */
async function makeApproved() {
  const roles = ["bookkeeper", "manager", "packer"] as const;
  const { people } = await makePayoutDesk(made, { earnings: [1_000, 2_500], roles });
  const of = (role: string) => {
    const person = people.find((each) => each.role === role);
    if (!person) throw new Error(`no ${role}`);
    return person;
  };
  const { headers, scope } = of("bookkeeper");
  const prepared = await at(made, prepare, { headers, body: { clientKey: uuidv7() } });
  const runId = prepared.to.split("/").at(-1) ?? "";
  const go = (
    role: string,
    door: Parameters<typeof at>[1],
    body?: Record<string, string>,
    search?: Record<string, string>,
  ) => at(made, door, { headers: of(role).headers, params: { runId }, body, search });
  await go("manager", confirm, {});
  const states = async () =>
    (await readRun(made.database.db, scope, runId))?.items.map(({ status }) => status);
  return { runId, go, states, path: `/coop/payouts/${runId}` };
}

test("one asks, another approves; meanwhile and afterwards nobody has a bank file", async () => {
  const { go, states, path } = await makeApproved();
  expect((await go("bookkeeper", bankFile)).status).toBe(200);
  expect((await go("bookkeeper", form)).data).toMatchObject({ openFen: 3_500, openCount: 2 });
  const why = { reason: "bank-refused", note: "格式不对" };
  expect(await go("bookkeeper", ask, why)).toMatchObject({ status: 303, to: path });
  expect(await go("bookkeeper", ask, why)).toMatchObject({ status: 303, to: path });
  expect(await go("manager", ask, why)).toMatchObject({ to: `${path}?problem=reversal-open` });
  expect(await go("manager", form)).toMatchObject({ status: 303, to: path });
  expect(await go("manager", bankFile)).toMatchObject({ to: `${path}?problem=reversing` });

  const asked = { status: "asked", reason: "bank-refused", note: "格式不对" };
  expect((await go("bookkeeper", show)).data).toMatchObject({
    taking: { reversal: { ...asked, askedBy: { role: "bookkeeper", isMe: true } } },
    others: [{ role: "manager" }],
  });
  expect((await go("manager", payouts)).data).toMatchObject({ reversing: [{}] });
  const shown = { shownFen: "3500" };
  const alone = await go("bookkeeper", approve, shown);
  expect(alone).toMatchObject({ status: 303, to: `${path}?problem=same-person` });
  for (const wrong of [{}, { shownFen: "3499" }, { shownFen: "1e9" }, { shownFen: "" }]) {
    const answer = await go("manager", approve, wrong as Record<string, string>);
    expect(answer).toMatchObject({ to: `${path}?problem=reversal-changed` });
  }
  expect(await states()).toEqual(["paid", "paid"]);
  for (const _ of [1, 2]) expect((await go("manager", approve, shown)).to).toBe(path);
  expect(await states()).toEqual(["bounced", "bounced"]);
  expect(await go("manager", bankFile)).toMatchObject({ to: `${path}?problem=reversed` });
  expect((await go("manager", show, undefined, { problem: "reversed" })).data).toMatchObject({
    problem: "reversed",
    run: { reversal: "reversed" },
    taking: { openFen: 0, reversal: { status: "approved", fen: 3_500, payoutCount: 2 } },
  });
  expect((await go("manager", payouts)).data).toMatchObject({ reversing: [], payableFen: 3_500 });
});

test("what is left as it was has its bank file again", async () => {
  const { go, states, path } = await makeApproved();
  await go("manager", ask, { reason: "not-sent" });
  expect((await go("bookkeeper", withdraw, {})).to).toBe(path);
  expect((await go("manager", bankFile)).status).toBe(200);
  const late = await go("bookkeeper", approve, { shownFen: "3500" });
  expect(late.to).toBe(`${path}?problem=reversal-none`);
  expect(await states()).toEqual(["paid", "paid"]);
});

test("a form without a reason, or with too long a note, comes back as it was typed", async () => {
  const { go } = await makeApproved();
  const note = "长".repeat(201);
  expect(await go("manager", ask, { note })).toMatchObject({
    status: 422,
    data: { errors: { reason: "choose", note: "tooLong" }, values: { note } },
  });
  expect((await go("manager", ask, { reason: "because" })).status).toBe(422);
  for (const door of [ask, approve, withdraw]) {
    expect((await go("packer", door, { reason: "not-sent" })).status).toBe(403);
  }
});
