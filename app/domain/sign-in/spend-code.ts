import { type Kysely, sql } from "kysely";
import type { DB } from "#db/schema.d.ts";

const ALLOWED_TRIES = 5;

export type CodeSpent =
  | { ok: true }
  | { ok: false; reason: "code-wrong"; triesLeft: number }
  | { ok: false; reason: "code-over" };

/**
 * Tries a one-time code. Fails with `code-wrong` while tries are left, and with `code-over` when
 * there is no live code: she asked for none (somebody else's is not hers to try), it is too old,
 * spent, or wrong for the fifth time.
 * One UPDATE counts, compares and spends: the row's lock lets two tries at once through one
 * after the other, and the second finds the code spent.
 */
export async function spendCode(
  db: Kysely<DB>,
  input: { phone: string; askedBy: Buffer; codeHash: Buffer },
): Promise<CodeSpent> {
  const { rows } = await sql<{ is_right: boolean; tries: number }>`
    update auth.sign_in_codes
    set tries = tries + 1, used_at = case when code_hash = ${input.codeHash} then now() end
    where phone = ${input.phone} and asked_by = ${input.askedBy} and used_at is null and tries < ${ALLOWED_TRIES}
      and expires_at > now()
    returning code_hash = ${input.codeHash} as is_right, tries`.execute(db);
  const row = rows[0];
  if (!row) return { ok: false, reason: "code-over" };
  if (row.is_right) return { ok: true };
  if (row.tries >= ALLOWED_TRIES) return { ok: false, reason: "code-over" };
  return { ok: false, reason: "code-wrong", triesLeft: ALLOWED_TRIES - row.tries };
}
