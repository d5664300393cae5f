import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { FreightTerms } from "../orders/freight.ts";
import { freightTermsOf } from "./shipping-columns.ts";

export type PublicCooperative = {
  id: string;
  slug: string;
  name: string;
  /** Its name in the other language, by which it may be known as well. */
  otherName: string;
  county: { code: string; name: string };
  province: string;
  /** 600 is 6 %. */
  feeBasisPoints: number;
  freight: FreightTerms;
  /** How many households have something on sale through it. */
  households: number;
};

/**
 * What the public may know of a cooperative: names, place, what it takes and asks for freight
 * (grams, fen), for how many households it sells now. Null for a slug that is none. Locks nothing.
 */
export async function readPublicCooperative(
  db: Kysely<DB>,
  locale: "zh" | "en",
  slug: string,
): Promise<PublicCooperative | null> {
  if (!/^[a-z0-9-]{2,40}$/.test(slug)) return null;
  const [name, other] = locale === "en" ? ["name_en", "name_zh"] : ["name_zh", "name_en"];
  const { rows } = await sql<PublicCooperative>`
    select c.id, c.slug, ${sql.ref(`c.${name}`)} as name, ${sql.ref(`c.${other}`)} as "otherName",
      json_build_object('code', r.code, 'name', ${sql.ref(`r.${name}`)}) as county,
      ${sql.ref(`p.${name}`)} as province, c.fee_basis_points as "feeBasisPoints",
      ${freightTermsOf("c")} as freight,
      (select count(*)::int from households h where h.cooperative_id = c.id and exists (
        select 1 from lots join listings l on l.id = lots.listing_id
        where lots.household_id = h.id and l.status = 'published')) as households
    from cooperatives c
    join regions r on r.code = left(c.region_code, 6)
    join regions p on p.code = left(c.region_code, 2) || '0000'
    where c.slug = ${slug}`.execute(db);
  return rows[0] ?? null;
}
