import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { askedKey } from "#app/domain/consents/consent-rules.ts";
import { listOnBehalf } from "#app/domain/consents/list-on-behalf.ts";
import { readHousehold } from "#app/domain/consents/read-household.ts";
import type { PublishInput } from "#app/domain/listings/publish-listing.ts";
import type { SmsMessage } from "#app/gateways/sms.ts";
import { sendMessageJob } from "#app/jobs/send-message.ts";
import type { DB } from "#db/schema.d.ts";
import { type MadeHousehold, makeHousehold } from "./people.ts";
import { coopScope } from "./scopes.ts";

let phones = 0;

/** Gives a household a member who has this phone. */
export async function givePhone(
  db: Kysely<DB>,
  household: MadeHousehold,
  phone = `+86138${String(++phones).padStart(8, "0")}`,
): Promise<string> {
  const user_id = `user-of-${household.id}-${phone}`;
  await sql`insert into auth."user" (id, name, email, "emailVerified", "phoneNumber")
    values (${user_id}, '', ${`${phone}@x.test`}, false, ${phone})`.execute(db);
  await db
    .insertInto("household_members")
    .values({ id: uuidv7(), household_id: household.id, user_id })
    .execute();
  return phone;
}

/** The manager of a household's cooperative. */
export const managerOf = ({ cooperativeId }: Pick<MadeHousehold, "cooperativeId">) =>
  coopScope({ userId: `manager-of-${cooperativeId}`, cooperativeId });

export async function onBehalfOf(db: Kysely<DB>, household: MadeHousehold) {
  const found = await readHousehold(db, managerOf(household), household.id);
  if (!found) throw new Error("the household is not the cooperative's");
  return found.onBehalf;
}

export async function offerFor(
  db: Kysely<DB>,
  household: MadeHousehold,
  changes: Partial<PublishInput> = {},
): Promise<PublishInput> {
  const photo = uuidv7();
  const content_hash = createHash("sha256").update(photo).digest("hex");
  await db
    .insertInto("categories")
    .values({ code: "pear", name_zh: "梨", name_en: "Pears", icon: "pear" })
    .onConflict((conflict) => conflict.column("code").doNothing())
    .execute();
  await db
    .insertInto("photos")
    .values({ id: photo, uploaded_by: household.id, content_hash })
    .execute();
  return {
    ...{ clientKey: uuidv7(), categoryCode: "pear", titleZh: "雪梨", titleEn: "" },
    ...{ grade: "first", unit: "box-5jin", unitGrams: null, priceFen: 2_990, quantity: 40 },
    ...{ harvestedOn: shanghaiDay(new Date()), photoIds: [photo] },
    ...changes,
  };
}

/** Something that was listed for a household (made with a phone when none is given). */
export async function makeAsked(
  db: Kysely<DB>,
  given: { household?: MadeHousehold; offer?: Partial<PublishInput>; now?: Date } = {},
) {
  const household = given.household ?? (await makeHousehold(db));
  if (!given.household) await givePhone(db, household);
  const offer = await offerFor(db, household, given.offer);
  const listed = await listOnBehalf(db, await onBehalfOf(db, household), offer, given.now);
  if (!listed.ok) throw new Error(listed.reason);
  return { household, listingId: listed.listingId };
}

/** Asks as the worker does, and gives what the phone shows and the token of its link. */
export async function readAsked(db: Kysely<DB>, listingId: string) {
  const texts: { to: string; text: string }[] = [];
  const sms = {
    async send({ to, text, reference }: SmsMessage) {
      texts.push({ to, text });
      return { ok: true as const, messageId: `p-${reference}` };
    },
  };
  const { id } = await db
    .selectFrom("messages")
    .select("id")
    .where("key", "=", askedKey(listingId))
    .executeTakeFirstOrThrow();
  await sendMessageJob({ db, sms, publicUrl: "https://market.test" }, { messageId: id });
  const token = /\/consent\/([\w-]{22})/.exec(texts[0]?.text ?? "")?.[1] ?? "";
  return { texts, token };
}

/** "agreed link published": what was answered, by which way, and what became of the listing. */
export async function consentState(db: Kysely<DB>, listingId: string): Promise<string> {
  const { rows } = await sql<{ state: string }>`select concat_ws(' ', c.answer,
      c.answered_by_way, l.status) as state from listing_consents c
    join listings l on l.id = c.listing_id where l.id = ${listingId}`.execute(db);
  return rows[0]?.state ?? "";
}
