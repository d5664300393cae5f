import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readParcelRefunds } from "#app/domain/parcels/read-parcel-refunds.ts";
import { makePaidCheckout } from "#tests/factories/payments.ts";
import { makeCooperative, makeHousehold } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { startTestPayments, type TestPayments } from "#tests/setup/payments.ts";
import { answerRefund } from "./answer-refund.ts";
import { amountField, quantityField } from "./refund-fields.ts";

let database: TestDatabase;
let payments: TestPayments;
beforeAll(async () => {
  database = await createTestDatabase();
  payments = await startTestPayments();
});
afterAll(async () => {
  await payments.close();
  await database.drop();
});

/** A paid parcel of three boxes at CNY 29.90 of one household, and its refund form. */
async function makeForm() {
  const { db } = database;
  const cooperative = await makeCooperative(db);
  const household = await makeHousehold(db, { cooperative, headName: "阿力" });
  const listing = await makeListing(db, { lots: [{ household, quantity: 3 }] });
  const order = await makePaidCheckout(db, payments, [{ listing, quantity: 3 }]);
  const [line] = order.lines;
  if (!line) throw new Error("no line");
  const { scope, parcelId, lineId } = line;
  const send = (typed: Record<string, string>, by = scope) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(typed)) form.set(name, value);
    return answerRefund(db, by, parcelId, form);
  };
  const units = quantityField(lineId);
  const yuan = amountField(lineId);
  const refunds = () => readParcelRefunds(db, scope, parcelId);
  return { send, units, yuan, refunds };
}

const NOTE = { note: "烂了一箱" };

/** What the confirming button of a shown plan sends. */
function confirming(answer: Awaited<ReturnType<typeof answerRefund>>): Record<string, string> {
  if (answer?.kind !== "plan") throw new Error(`no plan but ${JSON.stringify(answer)}`);
  const { clientKey, mark: seen } = answer.plan;
  return { ...(answer.values as Record<string, string>), step: "confirm", clientKey, seen };
}

describe("the refund form", () => {
  test("shows who gives back how much, does nothing until that is confirmed, and then once", async () => {
    const { send, units, refunds } = await makeForm();
    const shown = await send({ [units]: "１", freight: " 3.5 ", ...NOTE });
    expect(shown).toMatchObject({ kind: "plan", plan: { fen: 2_990 + 350, note: "烂了一箱" } });
    const shares = shown?.kind === "plan" ? shown.plan.shares : [];
    expect(shares.map(({ fen, balanceFen }) => [fen, balanceFen])).toEqual([
      [179, null],
      [2_811, 8_432],
      [350, null],
    ]);
    expect(await refunds()).toEqual([]);
    const confirmed = confirming(shown);
    const answers = [await send(confirmed), await send(confirmed)];
    expect(answers).toEqual([{ kind: "made" }, { kind: "made" }]);
    expect(await refunds()).toMatchObject([{ fen: 3_340, note: "烂了一箱", status: "requested" }]);
  });

  test("confirmed a second time is the same refund, also when nothing is left by then", async () => {
    const { send, units, refunds } = await makeForm();
    const confirmed = confirming(await send({ [units]: "3", ...NOTE }));
    expect(await send(confirmed)).toEqual({ kind: "made" });
    expect(await send(confirmed)).toEqual({ kind: "made" });
    expect(await refunds()).toHaveLength(1);
  });

  test("shown before a colleague refunded the same is shown anew, not carried out", async () => {
    const { send, units, refunds } = await makeForm();
    const [mine, hers] = [
      await send({ [units]: "1", ...NOTE }),
      await send({ [units]: "1", ...NOTE }),
    ];
    await send(confirming(hers));
    const again = await send(confirming(mine));
    expect(again).toMatchObject({ kind: "plan", plan: { fen: 2_990, hasChanged: true } });
    expect(await refunds()).toHaveLength(1);
    expect(await send(confirming(again))).toEqual({ kind: "made" });
    // Of the third box, a mark that fits nothing is not enough either.
    const forged = { ...confirming(await send({ [units]: "1", ...NOTE })), seen: "forged" };
    expect(await send(forged)).toMatchObject({ kind: "plan", plan: { hasChanged: true } });
    expect(await refunds()).toHaveLength(2);
  });

  test("confirmed under a key that has given something else back already says so, and gives nothing before its own plan is confirmed", async () => {
    const { send, units, yuan, refunds } = await makeForm();
    const first = confirming(await send({ [units]: "1", ...NOTE }));
    expect(await send(first)).toEqual({ kind: "made" });
    const { [units]: _, ...unitless } = first;
    const others: Record<string, string>[] = [
      { ...first, [units]: "2" },
      { ...first, freight: "1" },
      { ...first, note: "少了一箱" },
      { ...unitless, [yuan]: "29.89" },
      { ...unitless, freight: "3.50" },
    ];
    const before = { fen: 2_990, note: "烂了一箱" };
    const answers = [];
    for (const other of others) answers.push(await send(other));
    for (const answer of answers) {
      expect(answer).toMatchObject({ kind: "plan", plan: { hasChanged: false, before } });
    }
    expect(await send({ ...first, [units]: "3" })).toMatchObject({
      ...{ kind: "form", before, errors: { [units]: "moreThanLeft" }, values: { [units]: "3" } },
    });
    // The same money of the same line is the same refund, said in units or in yuan.
    expect(await send({ ...unitless, [yuan]: "29.90" })).toEqual({ kind: "made" });
    expect(await refunds()).toHaveLength(1);
    const [two] = answers;
    expect(two?.kind === "plan" && two.values[units]).toBe("2");
    expect(await send(confirming(two ?? null))).toEqual({ kind: "made" });
    expect((await refunds()).map(({ fen }) => fen).sort()).toEqual([2_990, 5_980]);
  });

  test("goes back to be mended with everything that was typed", async () => {
    const { send, units } = await makeForm();
    const typed = { [units]: "1", freight: "2", ...NOTE, step: "edit" };
    expect(await send(typed)).toMatchObject({ kind: "form", errors: {}, values: typed });
  });

  test("names each field that is wrong, all at once, and keeps what was typed", async () => {
    const { send, units, yuan, refunds } = await makeForm();
    const wrong: [typed: Record<string, string>, errors: Record<string, string>][] = [
      [{}, { [units]: "nothingToRefund" }],
      [{ [units]: "0" }, { [units]: "atLeastOne" }],
      [{ [units]: "-1" }, { [units]: "atLeastOne" }],
      [{ [units]: "1.5" }, { [units]: "wholeNumber" }],
      [{ [units]: "1e0" }, { [units]: "wholeNumber" }],
      [{ [units]: "4" }, { [units]: "moreThanLeft" }],
      [{ [units]: "9".repeat(400) }, { [units]: "moreThanLeft" }],
      [{ [yuan]: "0.00" }, { [yuan]: "aboveZero" }],
      [{ [yuan]: "-3" }, { [yuan]: "aboveZero" }],
      [{ [yuan]: "1.005" }, { [yuan]: "amount" }],
      [{ [yuan]: "89.71" }, { [yuan]: "moreThanLeft" }],
      [{ [yuan]: "9".repeat(30) }, { [yuan]: "moreThanLeft" }],
      [{ [units]: "1", [yuan]: "5" }, { [yuan]: "oneOfTwo" }],
      [{ freight: "0" }, { [units]: "nothingToRefund" }],
      [
        { [units]: "9", freight: "99", note: "" },
        { [units]: "moreThanLeft", freight: "moreThanLeft", note: "required" },
      ],
    ];
    for (const [typed, errors] of wrong) {
      const sent = { ...NOTE, ...typed };
      expect(await send(sent), JSON.stringify(typed).slice(0, 80)).toEqual({
        kind: "form",
        hasChanged: false,
        errors,
        values: sent,
      });
    }
    expect(await refunds()).toEqual([]);
  });

  test("is nobody else's", async () => {
    const { send, units } = await makeForm();
    const stranger = coopScope({ userId: "other", cooperativeId: uuidv7() });
    expect(await send({ [units]: "1", ...NOTE }, stranger)).toBeNull();
  });
});
