import { sealLedger } from "#app/domain/ledger/seal-ledger.ts";
import { setReserveTerms } from "#app/domain/reserves/set-reserve-terms.ts";
import { tendReserve } from "#app/domain/reserves/tend-reserve.ts";
import { at } from "./model.ts";
import { type Real, scopeOf } from "./real.ts";
import { termsOf } from "./reserves.ts";

/** All that was posted is sealed, and the reserve counted by it; what it keeps then. */
export async function countInReal(real: Real, coop: number): Promise<string> {
  await sealLedger(real.db);
  const { id: cooperativeId } = at(real.coops, coop);
  await tendReserve(real.db, { cooperativeId, now: real.now() });
  const newest = await real.db
    .selectFrom("reserve_moves")
    .select(["before_fen", "fen"])
    .where("cooperative_id", "=", cooperativeId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return `keeps ${newest ? newest.before_fen + newest.fen : 0}`;
}

/** A manager sets other terms, having seen the newest or not. */
export async function agreeInReal(
  real: Real,
  coop: number,
  { how, much }: { how: number; much: number },
): Promise<string> {
  await sealLedger(real.db);
  const { percent, most, isStale } = termsOf(how, much);
  const scope = scopeOf(real, coop);
  const { version } = await real.db
    .selectFrom("reserves")
    .select("version")
    .where("cooperative_id", "=", scope.cooperativeId)
    .executeTakeFirstOrThrow();
  const set = await setReserveTerms(real.db, scope, {
    ...{ rateBasisPoints: percent * 100, ceilingFen: most },
    ...{ version: isStale ? version + 1 : version, now: real.now() },
  });
  if (!set.ok) return set.reason;
  return set.isChanged ? "changed" : "unchanged";
}
