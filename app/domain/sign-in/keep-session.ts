import { sql, type Transaction } from "kysely";
import type { DB } from "#db/schema.d.ts";
import type { CodeEntry } from "./spend-code.ts";

/**
 * Notes which session a code gave, in the transaction that spent it: whoever sends the same form
 * again gets this one. The note goes by itself when the session ends.
 */
export async function keepSession(
  trx: Transaction<DB>,
  { phone, askedBy, sessionToken }: Omit<CodeEntry, "codeHash"> & { sessionToken: string },
): Promise<void> {
  await sql`
    update auth.sign_in_codes set session_token = ${sessionToken}
    where phone = ${phone} and asked_by = ${askedBy}`.execute(trx);
}
