import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CodeEntry } from "./spend-code.ts";

/** Five minutes: long enough for a slow text message, half of what we allow at most. */
export const CODE_LIFETIME_SECONDS = 5 * 60;

/**
 * Keeps the hash of a fresh one-time code for a number, for whoever asked (`askedBy`: the hash of a
 * key that only she has); her code before it is dead from now on, other people's are untouched.
 * Also sweeps a few codes that ended an hour ago, so that numbers do not pile up.
 */
export async function keepCode(
  db: Kysely<DB>,
  { phone, askedBy, codeHash }: CodeEntry,
): Promise<void> {
  await sql`
    with swept as (
      delete from auth.sign_in_codes where (phone, asked_by) in (
        select phone, asked_by from auth.sign_in_codes
        where expires_at < now() - interval '1 hour' and phone <> ${phone}
        limit 20 for update skip locked)
    )
    insert into auth.sign_in_codes (phone, asked_by, code_hash, expires_at)
    values (${phone}, ${askedBy}, ${codeHash},
      now() + make_interval(secs => ${CODE_LIFETIME_SECONDS}))
    on conflict (phone, asked_by) do update set code_hash = excluded.code_hash, tries = 0,
      expires_at = excluded.expires_at, used_at = null, session_token = null,
      created_at = now()`.execute(db);
}
