import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readListing } from "#app/domain/listings/read-listing.ts";
import type { DB } from "#db/schema.d.ts";
import { makeAsked, readAsked } from "#tests/factories/consents.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { scopeOf } from "#tests/factories/scopes.ts";
import { raceBehind } from "#tests/setup/barrier.ts";
import { createTestDatabase, openAsApp, type TestDatabase } from "#tests/setup/database.ts";
import { answerByLink, answerOwn, expireConsent } from "./answer-consent.ts";
import { readConsentByLink, readWaitingConsents } from "./read-consents.ts";

let database: TestDatabase;
let db: Kysely<DB>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
});
afterAll(() => database.drop());

const DAY = 24 * 3_600_000;
const agreed = { answer: "agreed" } as const;
const refused = { answer: "refused" } as const;

const endOf = async (listingId: string) =>
  (
    await db
      .selectFrom("listing_consents")
      .select("expires_at")
      .where("listing_id", "=", listingId)
      .executeTakeFirstOrThrow()
  ).expires_at;

const lockConsent = (listingId: string) =>
  sql`select from listing_consents where listing_id = ${listingId} for update`;

async function consentOf(listingId: string) {
  const { rows } = await sql`select c.answer, c.answered_by_way as way, c.answered_by as by,
      l.status from listing_consents c join listings l on l.id = c.listing_id
    where l.id = ${listingId}`.execute(db);
  return rows[0];
}

describe("a household's answer", () => {
  it("by the link puts the listing on the shelf, once, and may be given again", async () => {
    const { listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    const agree = () => answerByLink(db, { token, ...agreed });
    expect(await agree()).toEqual({ ok: true, listingId, answer: "agreed", isNew: true });
    expect(await agree()).toEqual({ ok: true, listingId, answer: "agreed", isNew: false });
    expect(await readListing(db, listingId)).toMatchObject({ status: "published", available: 40 });
    expect(await answerByLink(db, { token, ...refused })).toEqual({
      ...{ ok: false, reason: "answered-otherwise", answer: "agreed" },
    });
    expect(await consentOf(listingId)).toMatchObject({ way: "link", by: null });
  });

  it("that refuses leaves it a draft, which nobody sees", async () => {
    const { household, listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    expect(await answerByLink(db, { token, ...refused })).toMatchObject({ isNew: true });
    expect(await answerByLink(db, { token, ...refused })).toMatchObject({ isNew: false });
    expect(await consentOf(listingId)).toMatchObject({ answer: "refused", status: "draft" });
    expect(await readListing(db, listingId)).toBeNull();
    expect(await readWaitingConsents(db, scopeOf(household))).toEqual([]);
  });

  it("is one, when yes and no come at once", async () => {
    const { household, listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    const answers = await raceBehind(db, lockConsent(listingId), 3, [
      () => answerByLink(db, { token, ...agreed }),
      () => answerOwn(db, scopeOf(household), { listingId, ...refused }),
      () => answerByLink(db, { token, ...agreed }),
    ]);
    const first = answers.find((one) => one.ok && one.isNew);
    if (!first?.ok) throw new Error("nobody was first");
    expect(answers.filter((one) => one.ok && one.isNew)).toHaveLength(1);
    const status = first.answer === "agreed" ? "published" : "draft";
    expect(await consentOf(listingId)).toMatchObject({ answer: first.answer, status });
    for (const one of answers) expect(one.ok ? one.answer : "").toBe(one.ok ? first.answer : "");
  });

  it("counts up to the last moment of the 24 hours, and not at their end", async () => {
    const early = await makeAsked(db);
    const { token } = await readAsked(db, early.listingId);
    const last = new Date((await endOf(early.listingId)).getTime() - 1);
    expect(await expireConsent(db, early.listingId, last)).toMatchObject({ reason: "still-open" });
    expect(await answerByLink(db, { token, ...agreed }, last)).toMatchObject({ ok: true });
    const past = { answer: "agreed" };
    expect(await expireConsent(db, early.listingId, await endOf(early.listingId))).toMatchObject(
      past,
    );

    const late = await makeAsked(db);
    const link = await readAsked(db, late.listingId);
    const end = await endOf(late.listingId);
    expect(await answerByLink(db, { token: link.token, ...agreed }, end)).toEqual({
      ...{ ok: false, reason: "answered-otherwise", answer: "expired" },
    });
    expect(await consentOf(late.listingId)).toMatchObject({ way: "deadline", status: "draft" });
    const again = await expireConsent(db, late.listingId, end);
    expect(again).toMatchObject({ ok: true, isNew: false });
  });

  it("and the deadline at once are one answer", async () => {
    const { listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    const end = await endOf(listingId);
    const answers = await raceBehind(db, lockConsent(listingId), 2, [
      () => answerByLink(db, { token, ...agreed }, new Date(end.getTime() - 1)),
      () => expireConsent(db, listingId, end),
    ]);
    expect(answers.filter((one) => one.ok && one.isNew)).toHaveLength(1);
    const [byLink] = answers;
    const expected = byLink?.ok
      ? { answer: "agreed", status: "published" }
      : { answer: "expired", status: "draft" };
    expect(await consentOf(listingId)).toMatchObject(expected);
  });

  it("ends with its link a week after the question", async () => {
    const { listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    const over = new Date((await endOf(listingId)).getTime() + 7 * DAY);
    const last = new Date(over.getTime() - 1);
    expect(await readConsentByLink(db, token, last)).toMatchObject({ listingId });
    expect(await readConsentByLink(db, token, over)).toBeNull();
    const unknown = { ok: false, reason: "consent-unknown" };
    expect(await answerByLink(db, { token, ...agreed }, over)).toEqual(unknown);
  });

  it("is only her own: not a neighbour's, not a guessed link's", async () => {
    const { listingId } = await makeAsked(db);
    const neighbour = scopeOf(await makeHousehold(db));
    const unknown = { ok: false, reason: "consent-unknown" };
    expect(await answerOwn(db, neighbour, { listingId, ...agreed })).toEqual(unknown);
    for (const token of ["", "x", "A".repeat(22), listingId]) {
      expect(await answerByLink(db, { token, ...agreed })).toEqual(unknown);
    }
    expect(await consentOf(listingId)).toMatchObject({ answer: null });
  });

  it("is written once, whoever writes", async () => {
    const { listingId } = await makeAsked(db);
    const { token } = await readAsked(db, listingId);
    await answerByLink(db, { token, ...refused });
    const change = sql`update listing_consents set answer = 'agreed' where listing_id = ${listingId}`;
    await expect(change.execute(db)).rejects.toThrow("written once");
    const unsay = sql`update listing_consents set sent_text = 'x' where listing_id = ${listingId}`;
    await expect(unsay.execute(db)).rejects.toThrow("written once");
    const app = openAsApp(database);
    const later = sql`update listing_consents set expires_at = now() + interval '9 days'`;
    await expect(later.execute(app)).rejects.toThrow("written once");
    await app.destroy();
  });
});
