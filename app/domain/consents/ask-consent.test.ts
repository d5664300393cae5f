import { type Kysely, sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import { receiveReports } from "#app/domain/messages/receive-reports.ts";
import type { SmsMessage, SmsResult } from "#app/gateways/sms.ts";
import { sendMessageJob } from "#app/jobs/send-message.ts";
import type { DB } from "#db/schema.d.ts";
import { givePhone, makeAsked, managerOf, readAsked } from "#tests/factories/consents.ts";
import { makeHousehold } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { expireConsent } from "./answer-consent.ts";
import { askedKey } from "./consent-rules.ts";
import { readCoopListings } from "./read-coop-listings.ts";

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
  const { listingId } = await makeAsked(db, { household });
  const message = () =>
    db
      .selectFrom("messages")
      .selectAll()
      .where("key", "=", askedKey(listingId))
      .executeTakeFirstOrThrow();
  const { id } = await message();
  const texts: SmsMessage[] = [];
  return {
    ...{ listingId, phone, household, message, texts },
    /** Sends it as the worker does; the provider answers so. */
    async send(answer: SmsResult = { ok: true, messageId: `p-${id}` }) {
      const sms = {
        async send(one: SmsMessage) {
          texts.push(one);
          return answer;
        },
      };
      await sendMessageJob({ db, sms, publicUrl: "https://market.test" }, { messageId: id });
    },
    /** What the manager reads of it. */
    async seen() {
      const page = { search: "", page: 1, perPage: 9 };
      const { rows } = await readCoopListings(db, managerOf(household), page);
      const asked = rows.flatMap(({ id, consent }) => (consent ? [{ id, ...consent }] : []));
      const sent = db.selectFrom("listing_consents").select("listing_id");
      const sentIds = (await sent.where("sent_at", "is not", null).execute()).map(
        (row) => row.listing_id,
      );
      return asked.map(({ id, message }) => ({ state: message, isSent: sentIds.includes(id) }));
    },
  };
}

describe("the question to a household", () => {
  it("is followed until the phone has it, and its manager sees how far it is", async () => {
    const { send, seen, message, phone, texts } = await asked();
    expect(await seen()).toEqual([{ state: "queued", isSent: false }]);
    await send();
    expect(texts).toMatchObject([{ to: phone, template: "consent.asked" }]);
    expect(await seen()).toEqual([{ state: "sent", isSent: true }]);
    const { provider_id } = await message();
    const report = { providerId: provider_id ?? "", reason: null };
    await receiveReports(db, [{ ...report, isDelivered: false, reason: "off" }]);
    expect(await seen()).toEqual([{ state: "failed", isSent: true }]);
    await receiveReports(db, [{ ...report, isDelivered: true }]);
    expect(await seen()).toEqual([{ state: "delivered", isSent: true }]);
  });

  it("keeps among the messages which listing it is about, and no key to the answer", async () => {
    const { send, message, listingId, texts } = await asked();
    await send();
    const [, token = ""] = /consent\/([\w-]{22})/.exec(texts[0]?.text ?? "") ?? [];
    expect(token).not.toBe("");
    expect(texts[0]?.values.at(-1)).toBe(token);
    const kept = await message();
    expect(kept.params).toEqual({ listingId });
    expect(JSON.stringify(kept)).not.toContain(token);
  });

  it("that the provider did not take is not noted as asked, and is tried again", async () => {
    const { send, seen, texts } = await asked();
    await expect(send({ ok: false, reason: "sms-unavailable" })).rejects.toThrow("was not sent");
    expect(await seen()).toEqual([{ state: "queued", isSent: false }]);
    await send();
    expect(texts).toHaveLength(2);
    expect(await seen()).toEqual([{ state: "sent", isSent: true }]);
    await send();
    expect(texts).toHaveLength(2);
  });

  it("that goes out late leaves the household its 24 hours from then, as it says", async () => {
    const hour = 3_600_000;
    const { listingId } = await makeAsked(db, { now: new Date(Date.now() - 20 * hour) });
    const before = Date.now();
    const { texts } = await readAsked(db, listingId);
    expect(texts[0]?.text).toContain("24 小时内不回答");
    const { rows } = await sql<{ ends: Date; run: Date; sent: Date }>`
      select expires_at as ends, sent_at as sent, run_at as run
      from listing_consents join graphile_worker.jobs on key = 'expire-consent:' || listing_id
      where listing_id = ${listingId}`.execute(db);
    const [{ ends, run, sent } = { ends: before, run: before, sent: before }] = rows;
    expect(Number(sent)).toBeGreaterThanOrEqual(before);
    expect(Number(ends)).toBe(Number(sent) + 24 * hour);
    expect(Number(run)).toBe(Number(ends));
    const late = new Date(Number(ends) - 1);
    expect(await expireConsent(db, listingId, late)).toMatchObject({ reason: "still-open" });
    // Only with the sending, and once.
    const again = sql`update listing_consents set expires_at = expires_at + interval '1 day'
      where listing_id = ${listingId}`;
    await expect(again.execute(db)).rejects.toThrow("written once");
    const { listingId: unsent } = await makeAsked(db);
    const unsaid = sql`update listing_consents set expires_at = expires_at + interval '1 day'
      where listing_id = ${unsent}`;
    await expect(unsaid.execute(db)).rejects.toThrow("written once");
  });

  it("waits while its phone has had enough messages this hour", async () => {
    const { send, seen, texts, phone } = await asked();
    const params = { count: 1, fen: 1 };
    for (const number of [1, 2, 3, 4, 5]) {
      const one = { to: { phone }, template: "sale.bundle", params, key: `${phone}-${number}` };
      await db.transaction().execute((trx) => queueMessage(trx, one as never));
    }
    await sql`update messages set state = 'sent', sent_to = phone, tried_at = now()
      where phone = ${phone}`.execute(db);
    await send();
    expect(texts).toEqual([]);
    expect(await seen()).toEqual([{ state: "limited", isSent: false }]);
  });

  it("that has its answer or is out of time before it was sent is not sent, and counts for no limit", async () => {
    const { send, seen, texts, message, listingId } = await asked();
    await expireConsent(db, listingId, new Date(Date.now() + 25 * 3_600_000));
    await send();
    expect(texts).toEqual([]);
    expect(await seen()).toEqual([{ state: "stopped", isSent: false }]);
    expect(await message()).toMatchObject({ sent_to: null, tried_at: null, busy_until: null });
  });
});
