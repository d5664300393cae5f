import type { Kysely } from "kysely";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { DB } from "#db/schema.d.ts";
import { insertRows } from "./insert-rows.ts";
import type { SeedListing } from "./listings.ts";
import type { Random } from "./random.ts";

const DAY_MS = 86_400_000;
const KINDS = ["green", "organic", "origin", "pledge"] as const;
/** Every so many of the listings has one. */
const ONE_IN = 4;

/** Certificates of some listings, with numbers that are plainly nobody's; a few have lapsed. */
export async function insertCertificates(
  db: Kysely<DB>,
  random: Random,
  listings: readonly SeedListing[],
  now: Date,
): Promise<void> {
  const certified = listings.filter((_, index) => index % ONE_IN === 1);
  await insertRows(
    db,
    "listing_certificates",
    certified.map((listing, at) => {
      const kind = KINDS[at % KINDS.length] as (typeof KINDS)[number];
      const days = at % 10 === 9 ? -random.between(1, 20) : random.between(40, 700);
      return {
        ...{ id: random.uuid(listing.publishedAt), listing_id: listing.id, kind },
        number: `DEMO-${kind.toUpperCase()}-${String(at + 1).padStart(4, "0")}`,
        valid_until: shanghaiDay(new Date(now.getTime() + days * DAY_MS)),
        ...{ entered_by: "seed", created_at: listing.publishedAt },
      };
    }),
  );
}
