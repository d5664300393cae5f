import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { readBalances } from "#app/domain/ledger/balances.ts";
import { keepAnswers, readKeptAnswers } from "#app/domain/payouts/answers/keep-answers.ts";
import { readAnswers } from "#app/domain/payouts/answers/read-answers.ts";
import { readPain002 } from "#app/domain/payouts/answers/read-pain-002.ts";
import { takeAnswers } from "#app/domain/payouts/answers/take-answers.ts";
import { confirmRun } from "#app/domain/payouts/confirm-run.ts";
import { prepareRun } from "#app/domain/payouts/prepare-run.ts";
import { readRun } from "#app/domain/payouts/read-run.ts";
import type { DB } from "#db/schema.d.ts";
import { earn } from "./money.ts";
import { pain002 } from "./pain-002.ts";
import { type MadeHousehold, makeCooperative, makeHousehold } from "./people.ts";
import { colleagueOf, coopScope } from "./scopes.ts";

/** An approved run of as many households as amounts, its items in their order. */
export async function makePayoutRun(db: Kysely<DB>, amounts: number[], isApproved = true) {
  const cooperative = await makeCooperative(db);
  const scope = coopScope({ userId: "manager", cooperativeId: cooperative.id });
  const homes: MadeHousehold[] = [];
  for (const fen of amounts) {
    const home = await makeHousehold(db, { cooperative });
    await earn(db, home, fen);
    homes.push(home);
  }
  const prepared = await prepareRun(db, scope, { clientKey: uuidv7() });
  if (!prepared.ok) throw new Error(prepared.reason);
  const { runId } = prepared;
  if (isApproved) await confirmRun(db, colleagueOf(scope), { runId });
  const run = await readRun(db, scope, runId);
  if (!run) throw new Error("no run");
  const items = homes.map((home) => run.items.find(({ householdId }) => householdId === home.id));
  const ids = items.map((item) => item?.id ?? "");
  const owed = async () => {
    const codes = homes.map((home) => `relief:${home.reliefCode}`);
    const balances = await readBalances(db, codes);
    return codes.map((code) => 0 - (balances.get(code) ?? 0));
  };
  const states = async () => {
    const now = await readRun(db, scope, runId);
    return ids.map((id) => {
      const item = now?.items.find((each) => each.id === id);
      return item?.status === "paid" && item.bankPaidAt ? "bank-paid" : item?.status;
    });
  };
  return { scope, homes, run, runId, ids, owed, states };
}

export type MadeRun = Awaited<ReturnType<typeof makePayoutRun>>;

/** A bank's table of these lines, kept to be looked at. */
export function keepTable(
  db: Kysely<DB>,
  run: Pick<MadeRun, "scope">,
  lines: string[],
  head = "EndToEndId,状态,原因,金额",
) {
  return keepRead(db, run, readAnswers([head, ...lines].join("\r\n")));
}

/** A bank's payment status report of a run, with what it says of it as a whole or of its transfers. */
export function keepReport(
  db: Kysely<DB>,
  run: MadeRun,
  report: Omit<Parameters<typeof pain002>[0], "run">,
) {
  return keepRead(db, run, readPain002(pain002({ run: run.run.number, ...report })));
}

async function keepRead(
  db: Kysely<DB>,
  { scope }: Pick<MadeRun, "scope">,
  read: ReturnType<typeof readAnswers> | ReturnType<typeof readPain002>,
) {
  if (!read.ok) throw new Error(read.reason);
  const kept = await keepAnswers(db, scope, { clientKey: uuidv7(), rows: read.rows });
  const verdicts = async () =>
    (await readKeptAnswers(db, scope, kept.answersId))?.rows.map(({ verdict }) => verdict);
  const take = () => takeAnswers(db, scope, kept);
  return { ...kept, verdicts, take };
}
