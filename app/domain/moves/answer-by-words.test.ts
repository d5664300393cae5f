import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DB } from "#db/schema.d.ts";
import { givePhone, makeAsked, readAsked } from "#tests/factories/consents.ts";
import { sendMessages } from "#tests/factories/messages.ts";
import { homeOf, makeTwo, stateOf } from "#tests/factories/moves.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { receiveReply } from "../messages/receive-reply.ts";
import { answerAsHousehold } from "./answer-move.ts";
import { takeBackMove } from "./ask-move.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

/** What came to a phone since it was looked at last. */
async function heardBy(phone: string): Promise<string[]> {
  const texts: string[] = [];
  await sendMessages(db, {
    async send({ to, text, reference = "" }) {
      if (to === phone) texts.push(text);
      return { ok: true, messageId: reference };
    },
  });
  return texts;
}

/** A household that reads on its phone that another cooperative asks it to come. */
async function makeAskedToMove() {
  const two = await makeTwo(db, { hasPhone: false });
  const phone = await givePhone(db, two.household);
  const moveId = await two.ask();
  const [question] = await heardBy(phone);
  const says = (text: string, { from = phone, saidAt = new Date(), now = new Date() } = {}) =>
    receiveReply(db, { id: uuidv7(), from, text, saidAt }, now);
  return { ...two, phone, moveId, question, says };
}

describe("a household that is asked to move answers by text message", () => {
  test.each(["3", "３", "转", "回复 3", "MOVE", "同意转。"])("%j moves it, once", async (text) => {
    const { says, question, moveId, phone, household, other } = await makeAskedToMove();
    expect(question).toContain("要转，回复 3；不转，回复 4");
    const listing = await makeListing(db, { lots: [{ household, quantity: 3 }] });
    await says(text);
    expect(await stateOf(db, moveId)).toBe("done");
    expect(await homeOf(db, household)).toBe(other.cooperativeId);
    const sold = db.selectFrom("listings").select("status").where("id", "=", listing.id);
    expect(await sold.execute()).toEqual([{ status: "withdrawn" }]);
    expect(await heardBy(phone)).toEqual([
      ...[expect.stringContaining("答应转到"), expect.stringContaining("您家转到")],
    ]);
    await says(text);
    await says(text);
    expect(await heardBy(phone)).toEqual([expect.stringContaining("不能再改")]);
  });

  test.each(["4", "不转", "stay", "不同意转"])("%j leaves it where it is", async (text) => {
    const { says, moveId, phone, household, mine } = await makeAskedToMove();
    await says(text);
    expect(await stateOf(db, moveId)).toBe("refused");
    expect(await homeOf(db, household)).toBe(mine.cooperativeId);
    expect(await heardBy(phone)).toEqual([expect.stringContaining("不转到")]);
    await says("3");
    expect(await stateOf(db, moveId)).toBe("refused");
    expect(await heardBy(phone)).toEqual([expect.stringContaining("现在没有问您家转社的事")]);
  });

  test.each(["1", "好", "不", "什么社", "3?", "不转吗？"])(
    "%j is no answer to it, and she is told how to",
    async (text) => {
      const { says, moveId, phone } = await makeAskedToMove();
      for (let time = 0; time < 5; time++) await says(text);
      expect(await stateOf(db, moveId)).toBe("asked");
      const told = await heardBy(phone);
      expect(told).toHaveLength(3);
      expect(told[0]).toContain("要转社，回复 3；不转，回复 4");
    },
  );

  test("but what was listed for it comes first with 1 and 2", async () => {
    const { says, moveId, phone, household } = await makeAskedToMove();
    const { listingId } = await makeAsked(db, { household });
    await readAsked(db, listingId);
    await says("1");
    const { rows } = await sql`select answer from listing_consents
      where listing_id = ${listingId}`.execute(db);
    expect(rows).toEqual([{ answer: "agreed" }]);
    expect(await stateOf(db, moveId)).toBe("asked");
    expect(await heardBy(phone)).toEqual([expect.stringContaining("已上架")]);
  });

  test("too late, said before it was asked, or taken back, it changes nothing and is told so", async () => {
    const late = await makeAskedToMove();
    await late.says("3", { now: new Date(Date.now() + 15 * 86_400_000) });
    expect(await stateOf(db, late.moveId)).toBe("asked");
    expect(await heardBy(late.phone)).toEqual([expect.stringContaining("现在没有问您家")]);
    const early = await makeAskedToMove();
    await early.says("3", { saidAt: new Date(Date.now() - 60_000) });
    expect(await stateOf(db, early.moveId)).toBe("asked");
    const { other, moveId, says, phone } = await makeAskedToMove();
    await takeBackMove(db, other, { moveId });
    await says("3");
    expect(await stateOf(db, moveId)).toBe("taken-back");
    expect(await heardBy(phone)).toEqual([expect.stringContaining("现在没有问您家")]);
  });

  test("from another's phone, or another member's, it is nothing and nobody is told", async () => {
    const { says, moveId, household, phone } = await makeAskedToMove();
    const second = await givePhone(db, household);
    const stranger = await givePhone(db, (await makeTwo(db, { hasPhone: false })).household);
    for (const from of [second, "+8613999999999"]) {
      await says("3", { from });
      expect(await heardBy(from)).toEqual([]);
    }
    await says("3", { from: stranger });
    expect(await heardBy(stranger)).toEqual([expect.stringContaining("现在没有问您家")]);
    expect(await stateOf(db, moveId)).toBe("asked");
    expect(await heardBy(phone)).toEqual([]);
  });

  test("while it is answered on the farm's page at the same moment, what was first stands", async () => {
    const { says, moveId, household, phone } = await makeAskedToMove();
    const lock = sql`select from household_moves where id = ${moveId} for no key update`;
    await raceBehind<object>(db, lock, 2, [
      () => says("3"),
      () => answerAsHousehold(db, scopeOf(household), { moveId, answer: "refused" }),
    ]);
    const state = await stateOf(db, moveId);
    const told = await heardBy(phone);
    const said = state === "refused" ? "现在没有问您家" : "答应转到";
    expect(told[0]).toContain(said);
  });

  test("and the provider's own repetition of an answer is the same answer", async () => {
    const { moveId, phone } = await makeAskedToMove();
    const reply = { id: uuidv7(), from: phone, text: "4", saidAt: new Date() };
    expect(await receiveReply(db, reply)).toEqual({ ok: true, isNew: true, word: "stay" });
    expect(await receiveReply(db, reply)).toEqual({ ok: true, isNew: false, word: "stay" });
    expect(await stateOf(db, moveId)).toBe("refused");
    expect(await heardBy(phone)).toHaveLength(1);
  });
});
