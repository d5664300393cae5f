import { type Kysely, sql, type Transaction } from "kysely";
import { queueJob } from "#app/domain/queue/queue-job.ts";
import type { SmsGateway, SmsRefusal } from "#app/gateways/sms.ts";
import type { DB } from "#db/schema.d.ts";
import { applyReport, lockProviderId } from "./apply-report.ts";
import { type Claimed, claimMessage } from "./claim-message.ts";

/** With the queue's waits (e to the power of the try, in seconds) more than an hour in all. */
const MOST_TRIES = 9;
/** A provider's own ceilings are by the half minute, the hour and the day. */
const PROVIDERS_LIMIT_MS = 3_600_000;

/**
 * Draws a message in its language: the whole text, its values for a provider's template, and what
 * else is written down in the transaction that notes it as sent. Null when there is nothing to say
 * any more.
 */
export type Draw = (
  message: Pick<Claimed, "template" | "params" | "locale">,
) => Drawn | null | Promise<Drawn | null>;
export type Drawn = {
  text: string;
  values: string[];
  note?: (trx: Transaction<DB>, sentAt: Date) => Promise<void>;
};

export type MessageSent =
  | { ok: true }
  /** To be tried again soon: throw, and the queue does. */
  | { ok: false; reason: "try-again" }
  | { ok: false; reason: "over" };

/**
 * Sends one message that was queued, at most once at a time, and writes what became of it: `sent`;
 * `limited`, then it queues itself for when there is room; `failed` when the provider will never
 * take it, or has not for more than an hour. The provider is asked outside any transaction, with
 * the message's id as its reference. What there is no more reason to send ends as `stopped`.
 *
 * What no order of writing can close: a crash after the provider took the message and before that
 * is written down here sends it once more, unless the provider knows its reference again (the
 * sandbox does, Tencent does not). Told twice is better than never told.
 */
export async function sendMessage(
  { db, sms, draw }: { db: Kysely<DB>; sms: Pick<SmsGateway, "send">; draw: Draw },
  { messageId, now = new Date() }: { messageId: string; now?: Date },
): Promise<MessageSent> {
  const claimed = await claimMessage(db, messageId, now);
  if (!claimed.ok && claimed.reason === "later") {
    await queueAgain(db, messageId, claimed.at);
    return { ok: true };
  }
  if (!claimed.ok) return { ok: false, reason: claimed.reason === "busy" ? "try-again" : "over" };
  const { message } = claimed;
  const { phone: to, template, locale } = message;
  const drawn = await draw(message);
  if (!drawn) return endUnsent(db, message.id, now);
  const { note, ...said } = drawn;
  const sent = await sms.send({ to, template, locale, reference: message.id, ...said });
  return sent.ok
    ? keepSent(db, message.id, { providerId: sent.messageId, note, now })
    : keepRefusal(db, message, sent.reason, now);
}

const queueAgain = (db: Kysely<DB>, messageId: string, runAt: Date) =>
  queueJob(db, "send-message", { messageId }, { key: `send-message:${messageId}`, runAt });

async function keepSent(
  db: Kysely<DB>,
  id: string,
  { providerId, note, now }: { providerId: string; note?: Drawn["note"]; now: Date },
): Promise<MessageSent> {
  await db.transaction().execute(async (trx) => {
    await lockProviderId(trx, providerId);
    await trx
      .updateTable("messages")
      .set({ state: "sent", reason: null, provider_id: providerId, sent_at: now, busy_until: null })
      .where("id", "=", id)
      .execute();
    await applyReport(trx, providerId);
    await note?.(trx, now);
  });
  return { ok: true };
}

/** What was not sent now may still have gone out at an earlier try, whose answer was lost. */
const beforeThisTry = sql<Date | null>`nullif(first_tried_at, tried_at)`;

/** Nothing was sent: it counts for no limit. */
async function endUnsent(db: Kysely<DB>, id: string, now: Date): Promise<MessageSent> {
  await db
    .updateTable("messages")
    .set({ state: "stopped", reason: "no-longer", busy_until: null, ended_at: now })
    .set({ sent_to: null, tried_at: null, first_tried_at: beforeThisTry })
    .where("id", "=", id)
    .execute();
  return { ok: false, reason: "over" };
}

async function keepRefusal(
  db: Kysely<DB>,
  { id, tries }: Claimed,
  reason: SmsRefusal,
  now: Date,
): Promise<MessageSent> {
  const isLimit = reason === "sms-limit";
  const isOver = tries >= MOST_TRIES || (!isLimit && reason !== "sms-unavailable");
  await db
    .updateTable("messages")
    .set({
      state: isOver ? "failed" : isLimit ? "limited" : "queued",
      ...{ reason, busy_until: null, ended_at: isOver ? now : null },
      ...(reason !== "sms-unavailable" && { first_tried_at: beforeThisTry }),
    })
    .where("id", "=", id)
    .execute();
  if (isOver) return { ok: false, reason: "over" };
  if (!isLimit) return { ok: false, reason: "try-again" };
  await queueAgain(db, id, new Date(now.getTime() + PROVIDERS_LIMIT_MS));
  return { ok: true };
}
