import { randomBytes } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { writeReview } from "#app/domain/reviews/write-review.ts";
import type { OwnLineScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { makePaidOrder } from "./paid-orders.ts";
import { type MadeHousehold, makeRegion } from "./people.ts";
import { buyerScope } from "./scopes.ts";

export type MadeDelivered = Awaited<ReturnType<typeof makeDelivered>>;

/**
 * An order that has come, to Chengdu: for each list of households a parcel with one line of a pooled
 * listing of its own, or of `listingId`.
 */
export async function makeDelivered(
  db: Kysely<DB>,
  parcels: MadeHousehold[][],
  { status = "delivered", listingId }: { status?: string; listingId?: string } = {},
) {
  const regionCode = await makeRegion(db, "510107");
  await sql`update regions set name_zh = '成都市', name_en = 'Chengdu' where code = '510100'`.execute(
    db,
  );
  const visitorId = randomBytes(16).toString("base64url");
  const of = { status: "completed", regionCode, listingId, visitorId };
  const order = await makePaidOrder(db, parcels, of);
  await db
    .updateTable("parcels")
    .set({ status, carrier: "sf", tracking_number: "SF12345678" })
    .where("order_id", "=", order.id)
    .execute();
  const lines = [];
  for (const { lineId, cooperativeId } of order.parcels) {
    const { listing_id } = await db
      .selectFrom("order_lines")
      .select("listing_id")
      .where("id", "=", lineId)
      .executeTakeFirstOrThrow();
    lines.push({ scope: ownLine(lineId), lineId, cooperativeId, listingId: listing_id });
  }
  const buyer = buyerScope({ userId: null, visitorId });
  return { ...order, buyer, lines };
}

export type MadeLine = MadeDelivered["lines"][number];

/** The right to speak of this line; a test says whose it is and is believed. */
export const ownLine = (orderLineId: string) => ({ userId: null, orderLineId }) as OwnLineScope;

/** A review of the line; its id. */
export async function review(
  db: Kysely<DB>,
  { scope }: Pick<MadeLine, "scope">,
  said: { stars?: number; body?: string; photoIds?: string[]; now?: Date } = {},
): Promise<string> {
  const { stars = 5, body = "", photoIds = [], now } = said;
  const written = await writeReview(db, scope, { stars, body, photoIds, seenVersion: 0 }, now);
  if (!written.ok) throw new Error(written.reason);
  return written.reviewId;
}

/** A photo that was sent for this line and is ready. */
export async function linePhoto(db: Kysely<DB>, lineId: string): Promise<string> {
  const id = uuidv7();
  await db
    .insertInto("photos")
    .values({
      ...{ id, uploaded_by: `line:${lineId}`, content_hash: id.replaceAll("-", "") },
      ...{ state: "ready", width: 1280, height: 960, placeholder: "data:," },
      variants: JSON.stringify([
        { name: `${id.replaceAll("-", "")}-640.jpg`, format: "jpeg", width: 640, bytes: 1 },
      ]),
    })
    .execute();
  return id;
}

/** Every kept sum that is not what its reviews come to now: none, always. */
export async function wrongSums(db: Kysely<DB>) {
  const { rows } = await sql`
    with counted as (
      select 'listing' as kind, listing_id as id, stars from reviews where state = 'shown'
      union all
      select 'cooperative', cooperative_id, stars from reviews where state = 'shown'
      union all
      select distinct on (r.id, t.household_id) 'household', t.household_id, r.stars
      from reviews r join allocations a on a.order_line_id = r.order_line_id
      join lots t on t.id = a.lot_id where r.state = 'shown'
    ), afresh as (
      select kind, id, count(*)::int as shown, sum(stars)::int as stars from counted group by 1, 2
    )
    select * from (select kind, id, shown, stars from review_sums where shown > 0) kept
    full join afresh using (kind, id)
    where (kept.shown, kept.stars) is distinct from (afresh.shown, afresh.stars)`.execute(db);
  return rows;
}
