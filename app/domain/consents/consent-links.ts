import { createHash, randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import type { DB } from "#db/schema.d.ts";
import { LINK_DAYS_AFTER } from "./consent-rules.ts";

const hashOf = (token: string) => createHash("sha256").update(token).digest();

/**
 * Makes one more link to the question about a listing: 128 bits that cannot be guessed, of which
 * only the hash is kept. A message that has to be sent again brings another one; both work.
 */
export async function makeConsentLink(db: Kysely<DB>, listingId: string): Promise<string> {
  const token = randomBytes(16).toString("base64url");
  await db
    .insertInto("consent_links")
    .values({ token_hash: hashOf(token), listing_id: listingId })
    .execute();
  return token;
}

/** The listing that a link is about; null for a link that is none, or has ended. */
export async function findConsentLink(
  db: Kysely<DB>,
  token: string,
  now: Date,
): Promise<string | null> {
  if (!/^[\w-]{22}$/.test(token)) return null;
  const link = await db
    .selectFrom("consent_links as k")
    .innerJoin("listing_consents as c", "c.listing_id", "k.listing_id")
    .select("k.listing_id")
    .where("k.token_hash", "=", hashOf(token))
    .where("c.expires_at", ">", new Date(now.getTime() - LINK_DAYS_AFTER * 86_400_000))
    .executeTakeFirst();
  return link?.listing_id ?? null;
}
