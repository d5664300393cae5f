import type { Kysely } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";

/** The account a cooperative pays its households from; `code` is its bank's in CNAPS, where known. */
export type BankAccount = { name: string; number: string; bank: string; code: string | null };

/** The account of the scope's cooperative; null when none was given yet. Locks nothing. */
export async function readBankAccount(
  db: Kysely<DB>,
  scope: CoopScope,
): Promise<BankAccount | null> {
  const { name, number, bank, code } = await db
    .selectFrom("cooperatives")
    .select(["bank_account_name as name", "bank_account_number as number"])
    .select(["bank_name as bank", "bank_code as code"])
    .where("id", "=", scope.cooperativeId)
    .executeTakeFirstOrThrow();
  return name === null || number === null || bank === null ? null : { name, number, bank, code };
}

/**
 * Sets the account that the scope's cooperative pays from, and notes who changed it by how it ends.
 * The same account again changes nothing. The form has checked it. Locks the cooperative's row.
 */
export async function setBankAccount(
  db: Kysely<DB>,
  scope: CoopScope,
  account: BankAccount,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .selectFrom("cooperatives")
      .select("id")
      .where("id", "=", scope.cooperativeId)
      .forNoKeyUpdate()
      .executeTakeFirstOrThrow();
    const before = await readBankAccount(trx, scope);
    if (JSON.stringify(before) === JSON.stringify(account)) return;
    await trx
      .updateTable("cooperatives")
      .set({
        bank_account_name: account.name,
        bank_account_number: account.number,
        bank_name: account.bank,
        bank_code: account.code,
      })
      .where("id", "=", scope.cooperativeId)
      .execute();
    const end = (of: BankAccount | null) => of && { numberEnd: of.number.slice(-4) };
    await noteAct(trx, {
      actor: scope.userId,
      action: "bank-account.set",
      subject: { type: "cooperative", id: scope.cooperativeId },
      before: end(before),
      after: end(account),
    });
  });
}
