import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";

const ALLOWED_TRIES = 5;

/**
 * How long a spent code may be sent again for the session that it gave. On a bad line the answer
 * is lost now and then: TCP tries for about a minute (1 + 2 + 4 + 8 + 16 + 32 s) to bring it, and
 * she taps again long before. Longer would help whoever gets the phone next more than her.
 */
const REPEAT_SECONDS = 60;

export type CodeEntry = { phone: string; askedBy: Buffer; codeHash: Buffer };

export type CodeSpent =
  /** `sessionToken`: of the session that this code has given already; null when it is the first. */
  | { ok: true; sessionToken: string | null }
  | { ok: false; reason: "code-wrong"; triesLeft: number }
  | { ok: false; reason: "code-over" };

/**
 * Tries a one-time code. Fails with `code-wrong` while tries are left, and with `code-over` when
 * there is no live code: she asked for none (somebody else's is not hers to try), it is too old,
 * spent, or wrong for the fifth time.
 *
 * A spent code stays right for REPEAT_SECONDS while the session that it gave lives, because a
 * form may be sent twice: that gives the same session again, to the same asker. Wrong tries go on
 * being counted.
 *
 * One UPDATE counts, compares and spends. Locks the code's row until the transaction ends: of two
 * tries at once the second waits, and finds the session of the first.
 */
export async function spendCode(
  trx: Transaction<DB>,
  { phone, askedBy, codeHash }: CodeEntry,
): Promise<CodeSpent> {
  const { rows } = await sql<{ is_right: boolean; tries: number; session_token: string | null }>`
    update auth.sign_in_codes
    set tries = tries + (code_hash <> ${codeHash})::int,
      used_at = case when code_hash = ${codeHash} then coalesce(used_at, now()) else used_at end
    where phone = ${phone} and asked_by = ${askedBy} and tries < ${ALLOWED_TRIES}
      and case when used_at is null then expires_at > now()
        else session_token is not null
          and used_at > now() - make_interval(secs => ${REPEAT_SECONDS}) end
    returning code_hash = ${codeHash} as is_right, tries, session_token`.execute(trx);
  const row = rows[0];
  if (!row) return { ok: false, reason: "code-over" };
  if (row.is_right) return { ok: true, sessionToken: row.session_token };
  if (row.tries >= ALLOWED_TRIES) return { ok: false, reason: "code-over" };
  return { ok: false, reason: "code-wrong", triesLeft: ALLOWED_TRIES - row.tries };
}
