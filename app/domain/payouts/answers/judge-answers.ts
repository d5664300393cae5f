import { type Kysely, sql } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import type { AnswerRow } from "./read-answers.ts";
import { type AnsweredPayout, isWrong, type Judged, type Verdict } from "./verdicts.ts";

/** The scope's payouts that lines name; another cooperative's are as unknown as any. */
async function findPayouts(db: Kysely<DB>, scope: CoopScope, rows: AnswerRow[]) {
  const items = JSON.stringify(rows.flatMap(({ item }) => item ?? []));
  const { rows: found } = await sql<AnsweredPayout>`
    select o.id, run.id as "runId", run.number as "runNumber", relief.code as "reliefCode",
      home.head_name as "headName", o.fen, o.status, o.bounce_reason as "bounceReason",
      o.bank_paid_at is not null as "isBankPaid"
    from payouts o join payout_runs run on run.id = o.payout_run_id
      and run.cooperative_id = ${scope.cooperativeId}
    join relief_accounts relief on relief.id = o.relief_account_id
    join households home on home.id = o.household_id
    where o.id in (select i."payoutId" from jsonb_to_recordset(${items}::jsonb) as i ("payoutId" uuid))
      or (run.number, relief.code) in (select i."runNumber", i."reliefCode"
        from jsonb_to_recordset(${items}::jsonb) as i ("runNumber" text, "reliefCode" text))`.execute(
    db,
  );
  const known = new Map<string, AnsweredPayout>();
  for (const payout of found) {
    known.set(payout.id, payout);
    known.set(`${payout.runNumber} ${payout.reliefCode}`, payout);
  }
  return ({ item }: AnswerRow) => {
    if (!item) return null;
    const key = "payoutId" in item ? item.payoutId : `${item.runNumber} ${item.reliefCode}`;
    return known.get(key) ?? null;
  };
}

function judge(row: AnswerRow, payout: AnsweredPayout | null): Verdict {
  if (row.fault) return row.fault;
  if (!payout) return "unknown-item";
  if (row.runNumber && row.runNumber !== payout.runNumber) return "another-run";
  if (row.fen !== null && row.fen !== payout.fen) return "amount-differs";
  if (payout.status !== "paid" && payout.status !== "bounced") return "not-approved";
  if (row.status === "pending") return "pending";
  if (row.status === "paid") {
    if (payout.status === "bounced") return "bounced-already";
    return payout.isBankPaid ? "known" : "pay";
  }
  if (payout.status === "paid") return "bounce";
  // Of a run that was taken back because its bank refused it, the bank says nothing new.
  const isKnown = payout.bounceReason === row.reason || payout.bounceReason === "run-reversed";
  return isKnown ? "known" : "bounced-otherwise";
}

/**
 * What each line of a bank's answers means for the scope's payouts as they stand now. Of lines that
 * name one payout the first counts when all say the same, and none when they do not. Locks nothing.
 */
export async function judgeAnswers(
  db: Kysely<DB>,
  scope: CoopScope,
  rows: AnswerRow[],
): Promise<Judged[]> {
  const payoutOf = await findPayouts(db, scope, rows);
  const judged = rows.map((row) => {
    const payout = payoutOf(row);
    return { ...row, payout, verdict: judge(row, payout) };
  });
  const said = new Map<string, Judged[]>();
  for (const row of judged) {
    if (!row.payout || isWrong(row)) continue;
    said.set(row.payout.id, [...(said.get(row.payout.id) ?? []), row]);
  }
  for (const [first, ...others] of said.values()) {
    if (!first || others.length === 0) continue;
    const isSame = others.every(
      ({ status, reason }) => status === first.status && reason === first.reason,
    );
    for (const row of others) row.verdict = "twice";
    if (!isSame) for (const row of [first, ...others]) row.verdict = "contradicts";
  }
  return judged;
}
