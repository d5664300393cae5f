import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

/** All that the public may know of a household by itself. Its id is for reading on, never to show. */
export type PublicHousehold = {
  id: string;
  alias: string;
  /** The address of its page. */
  pageName: string;
  village: string;
  county: { code: string; name: string };
  cooperative: { slug: string; name: string };
  /** The month of its first listing, "2026-10": a day would tell more than anybody needs. */
  sellingSince: string;
};

/**
 * A household by the address of its page, which is made of its alias. Null for one that is unknown
 * or never had anything on the market: that it is registered is nobody's business. No sum, no count
 * of orders and nothing that is sold out: what it earned must not be worked out. Locks nothing.
 */
export async function readPublicHousehold(
  db: Kysely<DB>,
  locale: "zh" | "en",
  pageName: string,
): Promise<PublicHousehold | null> {
  if (pageName.length > 200 || pageName.includes("\0")) return null;
  const [alias, village, name] =
    locale === "en" ? ["alias_en", "village_en", "name_en"] : ["alias_zh", "village_zh", "name_zh"];
  const { rows } = await sql<PublicHousehold>`
    select h.id, h.page_name as "pageName", ${sql.ref(`h.${alias}`)} as alias,
      ${sql.ref(`h.${village}`)} as village,
      json_build_object('code', r.code, 'name', ${sql.ref(`r.${name}`)}) as county,
      json_build_object('slug', c.slug, 'name', ${sql.ref(`c.${name}`)}) as cooperative,
      to_char(first.at at time zone 'Asia/Shanghai', 'YYYY-MM') as "sellingSince"
    from households h
    join cooperatives c on c.id = h.cooperative_id
    join regions r on r.code = left(h.region_code, 6)
    cross join lateral (
      select min(l.published_at) as at from lots join listings l on l.id = lots.listing_id
      where lots.household_id = h.id and l.status <> 'draft') first
    where h.page_name = ${pageName.toLowerCase()} and first.at is not null`.execute(db);
  return rows[0] ?? null;
}
