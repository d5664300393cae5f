import { v7 as uuidv7 } from "uuid";
import { beforeEach, describe, expect, test } from "vitest";
import { deliver } from "#tests/factories/claims.ts";
import { openBox, sendLater, tomorrow } from "#tests/factories/parted-parcel.ts";
import { makeCooperative } from "#tests/factories/people.ts";
import { coopScope } from "#tests/factories/scopes.ts";
import { openPayingMarket, type PayingMarket } from "#tests/setup/paying-market.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { cancelParcel } from "./cancel-parcel.ts";
import { divideParcel } from "./divide-parcel.ts";
import { sayShort } from "./say-short.ts";
import { weighLine } from "./weigh-line.ts";

let market: PayingMarket;
beforeEach(async () => {
  market = await openPayingMarket();
  return market.drop;
});

const differences = async () => (await verifyLedger(market.db)).differences;

describe("a parcel is not parted", () => {
  test("that has left, is called off, or is nobody's of hers", async () => {
    const box = await openBox(market);
    const cooperative = await makeCooperative(market.db);
    const stranger = coopScope({ userId: "x", cooperativeId: cooperative.id });
    const of = { orderLineId: box.apples.lineId, units: 1, shownUnits: 6 };
    const unknown = { ok: false, reason: "parcel-not-found" };
    expect(await sendLater(market.app, stranger, box.parcelId, of)).toEqual(unknown);
    for (const id of [uuidv7(), "1", ""]) {
      expect(await sendLater(market.app, box.scope, id, of)).toEqual(unknown);
    }
    const split = await box.later(1);
    const restId = split.ok ? split.restParcelId : "";
    await deliver(market.app, box.scope, box.parcelId);
    expect(await box.later(1)).toEqual({ ok: false, reason: "already-shipped" });
    await cancelParcel(market.app, box.scope, { parcelId: restId, reason: "霜冻" });
    expect(await sendLater(market.app, box.scope, restId, { ...of, shownUnits: 1 })).toEqual({
      ...{ ok: false, reason: "parcel-cancelled" },
    });
  });

  test("into nothing and something, into more than there is, or for a day nobody may promise", async () => {
    const box = await openBox(market);
    const orderLineId = box.apples.lineId;
    const line = (reason: string) => ({ ok: false, reason, orderLineId });
    for (const units of [5, 0.5, -1, Number.NaN]) {
      expect(await box.later(units), String(units)).toEqual(line("not-so-many"));
    }
    expect(await box.later(0)).toEqual({ ok: false, reason: "nothing-later" });
    const both = [
      { orderLineId, units: 4 },
      { orderLineId: box.walnuts.lineId, units: 2 },
    ];
    const asked = {
      ...{ parcelId: box.parcelId, shownUnits: 6, reason: "too-big" as const },
      ...{ promisedOn: tomorrow(), clientKey: uuidv7() },
    };
    expect(await divideParcel(market.app, box.scope, { ...asked, later: both })).toEqual({
      ...{ ok: false, reason: "nothing-now" },
    });
    const twice = [both[1], both[1]].flatMap((each) => (each ? [{ ...each, units: 1 }] : []));
    expect(await divideParcel(market.app, box.scope, { ...asked, later: twice })).toMatchObject({
      ...{ ok: false, reason: "unknown-line" },
    });
    for (const promisedOn of ["2020-01-01", "2099-01-01", "2026-02-31", "morgen", ""]) {
      expect(await box.later(1, { promisedOn }), promisedOn).toEqual({
        ...{ ok: false, reason: "day-invalid" },
      });
    }
    expect(await box.later(1, { orderLineId: uuidv7() })).toMatchObject({ reason: "unknown-line" });
    expect(await market.db.selectFrom("parcels").select("id").execute()).toHaveLength(1);
  });

  test("within a line that was weighed, or of which money went back", async () => {
    const box = await openBox(market);
    const { parcelId, scope } = box;
    const of = (orderLineId: string) => ({ parcelId, orderLineId, clientKey: uuidv7() });
    await weighLine(market.app, scope, { ...of(box.walnuts.lineId), actualGrams: 5_000 });
    const { lineId: walnuts } = box.walnuts;
    expect(await box.later(1, { orderLineId: walnuts })).toMatchObject({
      reason: "weighed-already",
    });
    await sayShort(market.app, scope, { ...of(box.apples.lineId), quantity: 1, reason: "spoiled" });
    expect(await box.later(1, { shownUnits: 5 })).toMatchObject({ reason: "given-back" });
    expect(await box.later(2, { orderLineId: walnuts, shownUnits: 5 })).toMatchObject({ ok: true });
    expect(await differences()).toEqual([]);
  });
});
