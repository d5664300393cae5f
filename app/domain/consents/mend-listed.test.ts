import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PublishInput } from "#app/domain/listings/publish-listing.ts";
import type { DB } from "#db/schema.d.ts";
import {
  consentState,
  givePhone,
  managerOf,
  offerFor,
  onBehalfOf,
  readAsked,
} from "#tests/factories/consents.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { answerByWords } from "./answer-by-words.ts";
import { answerByLink, expireConsent } from "./answer-consent.ts";
import { listOnBehalf } from "./list-on-behalf.ts";
import { mendListed, withdrawListed } from "./mend-listed.ts";
import { readConsentByLink } from "./read-consents.ts";
import { readAskedConsent, readCoopListings } from "./read-coop-listings.ts";

let database: TestDatabase;
let db: Kysely<DB>;
beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

async function asked() {
  const household = await makeHousehold(db);
  const phone = await givePhone(db, household);
  const scope = await onBehalfOf(db, household);
  const offer = await offerFor(db, household);
  const listed = await listOnBehalf(db, scope, offer);
  if (!listed.ok) throw new Error(listed.reason);
  const { listingId } = listed;
  const { token } = await readAsked(db, listingId);
  const mend = (changes: Partial<PublishInput> = {}, clientKey = uuidv7()) =>
    mendListed(db, scope, { ...offer, priceFen: 3_500, ...changes, clientKey, listingId });
  return { household, phone, scope, offer, listingId, token, mend };
}

async function countListings(householdId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from listings
    where created_by_household_id = ${householdId}`.execute(db);
  return rows[0]?.n ?? 0;
}

const lock = (listingId: string) =>
  sql`select from listing_consents where listing_id = ${listingId} for update`;

describe("what a household is asked about and its cooperative mends", () => {
  it("is asked anew; the old link, word and button agree to nothing any more", async () => {
    const { phone, listingId, token, mend } = await asked();
    const mended = await mend({ quantity: 12 });
    if (!mended.ok) throw new Error(mended.reason);
    expect(mended.listingId).not.toBe(listingId);
    expect(await consentState(db, listingId)).toBe("withdrawn cooperative draft");
    const old = await answerByLink(db, { token, answer: "agreed" });
    expect(old).toEqual({ ok: false, reason: "answered-otherwise", answer: "withdrawn" });
    expect(await readConsentByLink(db, token)).toMatchObject({ answer: "withdrawn" });

    const next = await readAsked(db, mended.listingId);
    expect(next.texts[0]?.text).toMatch(/¥35\.00.*12 份/);
    // Her "1" may still be meant for the message she has had.
    expect(next.texts[0]?.text).not.toContain("回复");
    const said = { phone, word: "yes", saidAt: new Date(Date.now() + 5_000) } as const;
    const heard = await db.transaction().execute((trx) => answerByWords(trx, said));
    expect(heard).toEqual({ ok: false, reason: "nothing-open" });
    expect(await consentState(db, mended.listingId)).toBe("draft");

    expect(await answerByLink(db, { token: next.token, answer: "agreed" })).toMatchObject({
      ok: true,
    });
    expect(await consentState(db, mended.listingId)).toBe("agreed link published");
    expect(await consentState(db, listingId)).toBe("withdrawn cooperative draft");
  });

  it("stands once in the cooperative's list, as it is offered now", async () => {
    const { household, listingId, mend } = await asked();
    const mended = await mend();
    const manager = managerOf(household);
    const { rows } = await readCoopListings(db, manager, { search: "", page: 1, perPage: 9 });
    const id = mended.ok ? mended.listingId : "";
    expect(rows).toMatchObject([{ id, priceFen: 3_500, consent: { answer: null } }]);
    expect(await readAskedConsent(db, manager, listingId)).toMatchObject({ replacedBy: id });
  });

  it("is the same question when nothing was changed, or the form is sent twice", async () => {
    const { household, offer, listingId, mend } = await asked();
    expect(await mend({ priceFen: offer.priceFen })).toEqual({ ok: true, listingId, isNew: false });
    expect(await consentState(db, listingId)).toBe("draft");
    const key = uuidv7();
    const hold = sql`select from households where id = ${household.id} for update`;
    const twice = [() => mend({}, key), () => mend({}, key)];
    const taps = await raceBehind(db, hold, 2, twice);
    expect(taps.map((one) => one.ok && one.isNew).sort()).toEqual([false, true]);
    const other = { ok: false, reason: "answered-otherwise", answer: "withdrawn" };
    expect(await mend({ priceFen: 3_600 }, key)).toEqual(other);
    expect(await countListings(household.id)).toBe(2);
  });

  it("mended back to what it was is asked again: the first question is over", async () => {
    const { scope, offer, listingId, mend } = await asked();
    const mended = await mend();
    const id = mended.ok ? mended.listingId : "";
    const input = { ...offer, clientKey: uuidv7(), listingId: id };
    const back = await mendListed(db, scope, input);
    expect(back).toMatchObject({ ok: true, isNew: true });
    expect(back.ok && [listingId, id].includes(back.listingId)).toBe(false);
  });

  it("mended into what another open question says leaves that one alone, sent twice too", async () => {
    const { household, scope, offer, listingId, token } = await asked();
    const other = { ...offer, clientKey: uuidv7(), priceFen: 1_000 };
    const twin = await listOnBehalf(db, scope, other);
    if (!twin.ok) throw new Error(twin.reason);
    const input = { ...other, clientKey: uuidv7(), listingId };
    const expected = { ok: true, listingId: twin.listingId, isNew: false, isTwin: true };
    for (const _sending of [1, 2]) {
      expect(await mendListed(db, scope, input)).toEqual(expected);
      expect(await consentState(db, listingId)).toBe("withdrawn cooperative draft");
      expect(await consentState(db, twin.listingId)).toBe("draft");
    }
    expect(await answerByLink(db, { token, answer: "agreed" })).toMatchObject({ ok: false });
    expect(await countListings(household.id)).toBe(2);
  });

  it("answered before it was mended into another open question stays answered", async () => {
    const { scope, offer, listingId, token } = await asked();
    const other = { ...offer, clientKey: uuidv7(), priceFen: 1_000 };
    await listOnBehalf(db, scope, other);
    await answerByLink(db, { token, answer: "refused" });
    const input = { ...other, clientKey: uuidv7(), listingId };
    expect(await mendListed(db, scope, input)).toEqual({
      ...{ ok: false, reason: "answered-otherwise", answer: "refused" },
    });
  });

  it("in the moment in which the household agrees is sold as it was, or asked anew: never both", async () => {
    for (let turn = 0; turn < 4; turn++) {
      const { household, listingId, token, mend } = await asked();
      const agree = () => answerByLink(db, { token, answer: "agreed" });
      const both = turn % 2 ? [agree, mend] : [mend, agree];
      const [first, second] = await raceBehind<{ ok: boolean }>(db, lock(listingId), 2, both);
      const [mended, agreed] = turn % 2 ? [second, first] : [first, second];
      expect([mended?.ok, agreed?.ok].sort()).toEqual([false, true]);
      const state = await consentState(db, listingId);
      expect(state).toBe(agreed?.ok ? "agreed link published" : "withdrawn cooperative draft");
      expect(await countListings(household.id)).toBe(agreed?.ok ? 1 : 2);
    }
  });

  it("by two managers at once is asked once more, and the slower one hears of it", async () => {
    const { household, listingId, mend } = await asked();
    const hold = sql`select from households where id = ${household.id} for update`;
    const both = [() => mend({ priceFen: 4_000 }), () => mend({ priceFen: 5_000 })];
    const mended = await raceBehind(db, hold, 2, both);
    const slower = mended.find(({ ok }) => !ok);
    expect(slower).toEqual({ ok: false, reason: "answered-otherwise", answer: "withdrawn" });
    expect(await countListings(household.id)).toBe(2);
    expect(await consentState(db, listingId)).toBe("withdrawn cooperative draft");
  });

  it("counts as a question: after five on one day it stays as it is", async () => {
    const { household, scope, listingId, mend } = await asked();
    for (let more = 1; more < 5; more++) {
      await listOnBehalf(db, scope, await offerFor(db, household));
    }
    expect(await mend()).toEqual({ ok: false, reason: "asked-too-often" });
    expect(await consentState(db, listingId)).toBe("draft");
    expect(await countListings(household.id)).toBe(5);
  });

  it("is nobody else's to mend or take back", async () => {
    const { offer, listingId } = await asked();
    const stranger = await makeHousehold(db);
    await givePhone(db, stranger);
    const scope = await onBehalfOf(db, stranger);
    const unknown = { ok: false, reason: "listing-unknown" };
    const theirs = await offerFor(db, stranger, { priceFen: 1 });
    expect(await mendListed(db, scope, { ...theirs, listingId })).toEqual(unknown);
    expect(await withdrawListed(db, scope, listingId)).toEqual(unknown);
    expect(await countListings(stranger.id)).toBe(0);
    const photos = await mendListed(db, await onBehalfOf(db, stranger), { ...offer, listingId });
    expect(photos).toMatchObject({ ok: false });
    expect(await consentState(db, listingId)).toBe("draft");
  });
});

describe("a question that a cooperative takes back", () => {
  it("is over, once, and is not the household's silence", async () => {
    const { scope, listingId, token } = await asked();
    expect(await withdrawListed(db, scope, listingId)).toEqual({ ok: true, isNew: true });
    expect(await withdrawListed(db, scope, listingId)).toEqual({ ok: true, isNew: false });
    await expireConsent(db, listingId, new Date(Date.now() + 25 * 3_600_000));
    await answerByLink(db, { token, answer: "agreed" });
    expect(await consentState(db, listingId)).toBe("withdrawn cooperative draft");
  });

  it("that was answered or is too late stays answered", async () => {
    const { scope, listingId, token } = await asked();
    await answerByLink(db, { token, answer: "refused" });
    const over = { ok: false, reason: "answered-otherwise", answer: "refused" };
    expect(await withdrawListed(db, scope, listingId)).toEqual(over);
    const late = await asked();
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    expect(await withdrawListed(db, late.scope, late.listingId, tomorrow)).toMatchObject({
      answer: "expired",
    });
    expect(await consentState(db, late.listingId)).toBe("expired deadline draft");
  });

  it("may be asked again the same, and no word meant for it puts that on sale", async () => {
    const { household, phone, scope, offer, listingId } = await asked();
    await withdrawListed(db, scope, listingId);
    const again = await listOnBehalf(db, scope, { ...offer, clientKey: uuidv7() });
    expect(again).toMatchObject({ ok: true, isNew: true });
    const id = again.ok ? again.listingId : "";
    expect((await readAsked(db, id)).texts[0]?.text).not.toContain("回复");
    const said = { phone, word: "yes", saidAt: new Date(Date.now() + 5_000) } as const;
    await db.transaction().execute((trx) => answerByWords(trx, said));
    expect(await consentState(db, id)).toBe("draft");
    expect(await countListings(household.id)).toBe(2);
  });

  it("never comes open again, nor on sale, not even by the app's own role", async () => {
    const { scope, listingId } = await asked();
    await withdrawListed(db, scope, listingId);
    const app = openAsApp(database);
    const open = sql`update listing_consents set answer = null, answered_at = null,
      answered_by_way = null, answered_by = null where listing_id = ${listingId}`;
    await expect(open.execute(app)).rejects.toThrow("written once");
    const replace = sql`update listing_consents set replaced_by = ${listingId}
      where listing_id = ${listingId}`;
    await expect(replace.execute(app)).rejects.toThrow("written once");
    const publish = sql`update listings set status = 'published' where id = ${listingId}`;
    await expect(publish.execute(app)).rejects.toThrow("has not agreed");
    await app.destroy();
  });
});
