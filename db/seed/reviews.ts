import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { placeOf } from "#app/domain/reviews/place-of.ts";
import type { DB } from "#db/schema.d.ts";
import { insertRows } from "./insert-rows.ts";
import type { SeedLine, SeedOrder } from "./order-plans.ts";
import { deliveredAt } from "./order-rows.ts";
import type { Random } from "./random.ts";
import { answers, words } from "./review-words.ts";

const DAY_MS = 86_400_000;
/** The sums of one cooperative change with each, in one transaction: thousands would take minutes. */
const MOST = 3_000;
/** The demo buyer is left something to review. */
const DEMO_BUYER = "demo-0002";
const LEFT_TO_DEMO = 2;
const REPORTED = 3;
const STARS = [5, 5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1] as const;

type Due = { line: SeedLine; at: Date; isDemo: boolean };

/** Most lines that came, reviewed within twelve days of its coming. */
function dueReviews(random: Random, orders: readonly SeedOrder[], now: Date): Due[] {
  const due: Due[] = [];
  for (const order of orders) {
    if (order.parcelStatus !== "delivered") continue;
    for (const line of order.parcels.flatMap((parcel) => parcel.lines)) {
      const isReviewed = random.next() < 0.8;
      const after = random.between(1, 12 * 24) * (DAY_MS / 24);
      const at = new Date(deliveredAt(order).getTime() + after);
      if (isReviewed && at < now) due.push({ line, at, isDemo: order.buyerUserId === DEMO_BUYER });
    }
  }
  let demo = 0;
  return due.filter(({ isDemo }) => !isDemo || ++demo <= LEFT_TO_DEMO).slice(0, MOST);
}

/**
 * What made-up buyers say of what came, some with a photo that was drawn, with some answers and a
 * few reports for the operator to look at. Sums and households follow by the database's own rules.
 */
export async function insertReviews(
  db: Kysely<DB>,
  random: Random,
  orders: readonly SeedOrder[],
  { photoIds, now }: { photoIds: Map<string, string[]>; now: Date },
): Promise<void> {
  const reviews = dueReviews(random, orders, now).map(({ line, at }) => {
    const stars = random.pick(STARS);
    const { product } = line.listing;
    return { id: random.uuid(at), line, at, stars, icon: product.icon };
  });
  await insertRows(
    db,
    "reviews",
    reviews.map(({ id, line, at, stars }) => ({
      ...{ id, order_line_id: line.id, stars, created_at: at },
      ...{ listing_id: line.listing.id, cooperative_id: line.listing.cooperative.id },
      body: random.next() < 0.85 ? random.pick(words[stars]) : "",
    })),
  );
  await sql`update reviews set place_code = ${placeOf(sql`o.address ->> 'regionCode'`)}
    from order_lines l join orders o on o.id = l.order_id
    where l.id = reviews.order_line_id`.execute(db);
  const shots = reviews.flatMap(({ id, icon }) => {
    const photo = random.next() < 0.2 ? photoIds.get(icon)?.at(-1) : undefined;
    return photo ? [{ review_id: id, photo_id: photo, position: 0 }] : [];
  });
  if (shots.length > 0) await insertRows(db, "review_photos", shots);
  await insertRows(
    db,
    "review_answers",
    reviews.flatMap(({ id, stars, at }) => {
      if (random.next() > (stars <= 3 ? 0.6 : 0.15)) return [];
      const created_at = new Date(Math.min(at.getTime() + DAY_MS, now.getTime()));
      const body = random.pick(answers[stars <= 3 ? "sorry" : "glad"]);
      return [{ review_id: id, body, answered_by: "seed", created_at }];
    }),
  );
  await insertRows(
    db,
    "review_reports",
    reviews
      .filter(({ stars }) => stars === 1)
      .slice(0, REPORTED)
      .map(({ id }) => ({
        ...{ id: random.uuid(now), review_id: id, review_version: 1, created_at: now },
        reporter: createHash("sha256").update(`seed ${id}`).digest("hex"),
        reason: random.pick(["off-topic", "abuse"]),
      })),
  );
}
