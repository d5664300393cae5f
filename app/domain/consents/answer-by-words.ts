import { sql, type Transaction } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { queueMessage } from "#app/domain/messages/queue-message.ts";
import type { ReplyWord } from "#app/domain/messages/reply-rules.ts";
import type { Template } from "#app/domain/messages/templates.ts";
import type { DB } from "#db/schema.d.ts";
import { type Answered, answerIn } from "./answer-consent.ts";
import { askedKey, type ConsentAnswer, type ConsentWord } from "./consent-rules.ts";
import { readHouseholdPhone } from "./read-household.ts";

const ANSWERS: Partial<Record<ReplyWord, ConsentWord>> = { yes: "agreed", no: "refused" };
const TOLD = {
  agreed: "consent.agreed",
  refused: "consent.refused",
  expired: "consent.late",
} as const satisfies Partial<Record<ConsentAnswer, Template>>;

type Reply = { phone: string; word: ReplyWord; saidAt: Date };
export type AnsweredByWords =
  | Answered
  | { ok: false; reason: "nobody-asked" | "nothing-open" | "unclear" };

/**
 * The answer by text message: `phone` in E.164, and the word that was understood. It answers the
 * one open question of the phone's household that offered words, if a provider had been given that
 * by the second in which this was said; the household is then told what stands. Whoever was asked and
 * answers something else is told how to, three times a question at the most; who says yes or no to nothing, once a day that
 * nothing waits, or, for a no after the yes, that it is on sale and how to stop that.
 *
 * Fails with `nobody-asked` (not the phone on which a household is asked, or no word for us; nobody
 * is told anything), `unclear`, `nothing-open` and `answered-otherwise` (another answer stands, or
 * the 24 hours are over). Locks as `answerIn`.
 */
export async function answerByWords(
  trx: Transaction<DB>,
  { phone, word, saidAt }: Reply,
  now: Date = new Date(),
): Promise<AnsweredByWords> {
  const asked = await readAsked(trx, phone);
  if (!asked || word === "stop" || word === "start") return { ok: false, reason: "nobody-asked" };
  const { householdId, userId } = asked;
  const open = await findOpen(trx, householdId, saidAt);
  const answer = ANSWERS[word];
  const tell = (template: "consent.none", key: string) =>
    queueMessage(trx, { to: { householdId }, template, params: {}, key });
  if (!answer) {
    if (!open) return { ok: false, reason: "nobody-asked" };
    await tellUnclear(trx, householdId, open.listingId);
    return { ok: false, reason: "unclear" };
  }
  if (!open) {
    const sold = answer === "refused" ? await findSold(trx, householdId) : undefined;
    const day = shanghaiDay(now);
    if (sold) {
      await queueMessage(trx, {
        to: { householdId },
        template: "consent.stands",
        params: { title: sold.title },
        key: `consent-stands:${sold.listingId}:${day}`,
      });
    } else {
      await tell("consent.none", `consent-none:${householdId}:${day}`);
    }
    return { ok: false, reason: "nothing-open" };
  }
  const answered = await answerIn(trx, open.listingId, { answer, way: "reply", by: userId, now });
  if (!("answer" in answered)) return answered;
  if (answered.answer === "withdrawn") {
    await tell("consent.none", `consent-none:${householdId}:${shanghaiDay(now)}`);
  } else {
    await queueMessage(trx, {
      to: { householdId },
      template: TOLD[answered.answer],
      params: { title: open.title },
      key: `consent-told:${open.listingId}`,
    });
  }
  return answered;
}

/** So often it may help; then nobody, and no machine, is answered any more. */
const MOST_UNCLEAR = 3;

async function tellUnclear(trx: Transaction<DB>, householdId: string, listingId: string) {
  for (let time = 1; time <= MOST_UNCLEAR; time++) {
    const key = `consent-unclear:${listingId}${time > 1 ? `:${time}` : ""}`;
    const to = { householdId };
    const told = await queueMessage(trx, { to, template: "consent.unclear", params: {}, key });
    if (told.isNew) return;
  }
}

/** The household that is asked on this phone: another member's "1" was meant for something else. Locks nothing. */
export async function readAsked(trx: Transaction<DB>, phone: string) {
  const { rows } = await sql<{ householdId: string; userId: string }>`
    select m.household_id as "householdId", m.user_id as "userId"
    from auth."user" u join household_members m on m.user_id = u.id and m.ended_at is null
    where u."phoneNumber" = ${phone}`.execute(trx);
  const [member] = rows;
  if (!member || (await readHouseholdPhone(trx, member.householdId)) !== phone) return undefined;
  return member;
}

/**
 * The open question that words answer. What was said before it was asked answers something else; a
 * provider tells whole seconds. The provider may have delivered a question and its answer to us was lost:
 * that she reads already. Locks nothing.
 */
export async function findOpen(trx: Transaction<DB>, householdId: string, saidAt: Date) {
  return trx
    .selectFrom("listing_consents as c")
    .innerJoin("listings as l", "l.id", "c.listing_id")
    .where("c.household_id", "=", householdId)
    .where("c.answer", "is", null)
    .where("c.takes_words", "=", true)
    .innerJoin("messages as m", (on) =>
      on.on("m.key", "=", sql<string>`${askedKey("")} || c.listing_id`),
    )
    .where(sql`date_trunc('second', m.first_tried_at)`, "<=", saidAt)
    .select(["c.listing_id as listingId", "l.title_zh as title"])
    .executeTakeFirst();
}

/** What her last yes by words has put on sale, while no other question waits for her. */
async function findSold(trx: Transaction<DB>, householdId: string) {
  const last = await trx
    .selectFrom("listing_consents as c")
    .innerJoin("listings as l", "l.id", "c.listing_id")
    .where("c.household_id", "=", householdId)
    // A question without an answer comes first.
    .orderBy("c.answered_at", (order) => order.desc().nullsFirst())
    .select(["c.listing_id as listingId", "l.title_zh as title", "l.status", "c.answer"])
    .select("c.answered_by_way as way")
    .executeTakeFirst();
  const isSold = last?.answer === "agreed" && last.way === "reply" && last.status === "published";
  return isSold ? last : undefined;
}
