import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { keepAnswers, readKeptAnswers } from "#app/domain/payouts/answers/keep-answers.ts";
import { takeAnswers } from "#app/domain/payouts/answers/take-answers.ts";
import { bouncePayout } from "#app/domain/payouts/bounce-payout.ts";
import { cancelRun } from "#app/domain/payouts/cancel-run.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { approveReversal } from "#app/domain/payouts/reversals/approve-reversal.ts";
import { askReversal } from "#app/domain/payouts/reversals/ask-reversal.ts";
import { readReversal } from "#app/domain/payouts/reversals/read-reversal.ts";
import { colleagueOf } from "#tests/factories/scopes.ts";
import { byPreparer } from "./mean.ts";
import { isMisread, type RunVerb } from "./mean-runs.ts";
import { at } from "./model.ts";
import { again, type Real, scopeOf } from "./real.ts";

async function prepare(real: Real, coop: number): Promise<string> {
  const input = { clientKey: uuidv7(), now: real.now() };
  const prepared = await prepareRun(real.db, scopeOf(real, coop), input);
  if (!prepared.ok) return prepared.reason;
  real.runs.push({ id: prepared.runId, coop });
  const { rows } = await sql<{ id: string; fen: number }>`
    select p.id, p.fen from payouts p join relief_accounts r on r.id = p.relief_account_id
    where p.payout_run_id = ${prepared.runId} order by r.code`.execute(real.db);
  real.payouts.push(...rows.map(({ id }) => ({ id, run: prepared.runId, coop })));
  return `prepared ${rows.reduce((sum, { fen }) => sum + fen, 0)}`;
}

async function endRun(
  real: Real,
  coop: number,
  end: "confirm" | "confirm-anyway" | "cancel-run",
  isPreparer: boolean,
): Promise<string | null> {
  const run = real.runs.findLast((each) => each.coop === coop);
  if (!run) return null;
  const scope = scopeOf(real, coop);
  if (end === "cancel-run") {
    const cancelled = await cancelRun(real.db, scope, { runId: run.id });
    return cancelled.ok ? `cancelled ${again(cancelled.isNew)}` : cancelled.reason;
  }
  const evenIfOverdrawn = end === "confirm-anyway";
  const input = { runId: run.id, evenIfOverdrawn, now: real.now() };
  const approver = isPreparer ? scope : colleagueOf(scope);
  const confirmed = await confirmRun(real.db, approver, input);
  return confirmed.ok ? `confirmed ${again(confirmed.isNew)}` : confirmed.reason;
}

async function bounce(real: Real, index: number): Promise<string> {
  const { id: payoutId, run: runId, coop } = at(real.payouts, index);
  const input = { runId, payoutId, reason: "account-closed", now: real.now() } as const;
  const bounced = await bouncePayout(real.db, scopeOf(real, coop), input);
  return bounced.ok ? `bounced ${again(bounced.isNew)}` : bounced.reason;
}

/** The bank says of one payout that it was paid; what the line meant. */
async function bankPays(real: Real, index: number): Promise<string> {
  const { id: payoutId, coop } = at(real.payouts, index);
  const scope = scopeOf(real, coop);
  const row = { line: 2, item: { payoutId }, status: "paid", reason: null, fen: null } as const;
  const rows = [{ ...row, fault: null }];
  const kept = await keepAnswers(real.db, scope, { clientKey: uuidv7(), rows });
  await takeAnswers(real.db, scope, { ...kept, now: real.now() });
  const taken = await readKeptAnswers(real.db, scope, kept.answersId);
  return taken?.rows[0]?.verdict ?? "nothing was kept";
}

async function reverse(
  real: Real,
  coop: number,
  verb: "ask-reversal" | "approve-reversal",
  how: number,
): Promise<string | null> {
  const run = real.runs.findLast((each) => each.coop === coop);
  if (!run) return null;
  const [scope, now, runId] = [scopeOf(real, coop), real.now(), run.id];
  if (verb === "ask-reversal") {
    const asked = await askReversal(real.db, scope, { runId, reason: "not-sent", note: "", now });
    return asked.ok ? `asked ${again(asked.isNew)}` : asked.reason;
  }
  const { openFen } = await readReversal(real.db, scope, runId);
  const shownFen = isMisread(how) ? openFen + 1 : openFen;
  const approver = byPreparer(how) ? scope : colleagueOf(scope);
  const done = await approveReversal(real.db, approver, { runId, shownFen, now });
  return done.ok ? `reversed ${again(done.isNew)}` : done.reason;
}

/** Plays one step about payout runs in the real market; its answer in the model's words. */
export function playRun(
  real: Real,
  verb: RunVerb,
  index: number,
  how: number,
): Promise<string | null> {
  switch (verb) {
    case "prepare":
      return prepare(real, index);
    case "confirm":
    case "confirm-anyway":
    case "cancel-run":
      return endRun(real, index, verb, byPreparer(how));
    case "bounce":
      return bounce(real, index);
    case "bank-pays":
      return bankPays(real, index);
    case "ask-reversal":
    case "approve-reversal":
      return reverse(real, index, verb, how);
  }
}
