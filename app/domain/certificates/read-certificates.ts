import { type Kysely, type RawBuilder, sql } from "kysely";
import { validate as isUuid } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { CertificateKind } from "./certificate-rule.ts";

export type Certificate = { kind: CertificateKind; number: string; validUntil: string };
export type KeptCertificate = Certificate & {
  id: string;
  enteredAt: Date;
  removedAt: Date | null;
  isLapsed: boolean;
};

const today = sql`(now() at time zone 'Asia/Shanghai')::date`;

/** As JSON what a listing, its id in SQL, is certified for today, by the days of Shanghai. */
export const certificatesOf = (listingId: RawBuilder<unknown>) => sql`coalesce((
  select json_agg(json_build_object('kind', kind, 'number', number, 'validUntil', valid_until)
    order by kind)
  from listing_certificates
  where listing_id = ${listingId} and removed_at is null and valid_until >= ${today}), '[]')`;

/** The same as kinds alone, without the grower's own pledge: what somebody else has looked at. */
export const vouchedFor = (listingId: RawBuilder<unknown>) => sql`array(
  select kind from listing_certificates
  where listing_id = ${listingId} and kind <> 'pledge' and removed_at is null
    and valid_until >= ${today} order by kind)`;

/**
 * What was ever entered for a listing of the cooperative, newest first, with the listing's names. Null
 * when the listing is unknown, another cooperative's or a draft. Locks nothing.
 */
export async function readCertificates(
  db: Kysely<DB>,
  { cooperativeId }: CoopScope,
  listingId: string,
): Promise<{
  titleZh: string;
  titleEn: string;
  isRunning: boolean;
  isPooled: boolean;
  certificates: KeptCertificate[];
} | null> {
  if (!isUuid(listingId)) return null;
  const listing = await db
    .selectFrom("listings")
    .select(["title_zh as titleZh", "title_en as titleEn", "status", "is_pooled as isPooled"])
    .where("id", "=", listingId)
    .where("cooperative_id", "=", cooperativeId)
    .where("status", "<>", "draft")
    .executeTakeFirst();
  if (!listing) return null;
  const { rows } = await sql<KeptCertificate>`
    select id, kind, number, valid_until as "validUntil", created_at as "enteredAt",
      removed_at as "removedAt", valid_until < ${today} as "isLapsed"
    from listing_certificates where listing_id = ${listingId} order by id desc`.execute(db);
  const { status, ...shown } = listing;
  return { ...shown, isRunning: status !== "withdrawn", certificates: rows };
}
