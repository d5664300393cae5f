import { type Kysely, sql } from "kysely";
import { lapseSubstitutes } from "#app/domain/substitutions/lapse-substitutes.ts";
import type { DB } from "#db/schema.d.ts";
import { differences, pictureOfModel, pictureOfReal } from "./compare.ts";
import { cyclesOfModel, cyclesOfReal } from "./compare-cycles.ts";
import { mean } from "./mean.ts";
import { openMarket } from "./open-market.ts";
import { playModel } from "./play-model.ts";
import { noticeRefunds, playReal } from "./play-real.ts";
import type { History } from "./steps.ts";

export type Played = {
  /** Steps that met something to do; each was answered by both markets. */
  operations: number;
  /** Where the real market is not the model: the step, what it is and what it should be. */
  deviations: string[];
  /** What was answered, step by step. */
  answers: string[];
};

const FIRST_DAY = Date.UTC(2026, 10, 22, 2);

async function endOfLedger(db: Kysely<DB>): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select coalesce(max(seq), 0) as seq from ledger_transactions`.execute(db);
  return rows[0]?.seq ?? 0;
}

/** Time that goes by in one history goes by in the whole market: what others left open ends before. */
async function endOthers(db: Kysely<DB>): Promise<void> {
  await lapseSubstitutes(db, { now: new Date("2099-01-01") });
}

/**
 * Plays a history in the real market and in the model. Every answer is compared at once, and at
 * the end stock, orders, parcels, payments, refunds, payouts, each account's balance by line and
 * relief account, and the number of transactions. One history at a time in a database.
 */
export async function playHistory(
  db: Kysely<DB>,
  history: History,
  startsAt = FIRST_DAY,
): Promise<Played> {
  const { model, real } = await openMarket(db, history.layout, startsAt);
  await endOthers(db);
  const sinceSeq = await endOfLedger(db);
  let operations = 0;
  const answers: string[] = [];
  for (const [place, step] of history.steps.entries()) {
    const meant = mean(model, step);
    if (!meant) continue;
    operations += 1;
    const should = playModel(model, step, meant);
    const totalFen = step.do === "place" ? (model.orders.at(-1)?.totalFen ?? 0) : 0;
    const is = await playReal(real, step, meant, totalFen).catch(
      (error: Error) => `thrown: ${error.message}`,
    );
    if (is !== should) {
      const said = `step ${place} ${JSON.stringify(step)}: “${is}” instead of “${should}”`;
      return { operations, deviations: [said], answers };
    }
    answers.push(`${step.do}: ${is}`);
    if (model.refunds.length > real.refunds.length) await noticeRefunds(real);
  }
  const is = [
    ...(await pictureOfReal(real, model, sinceSeq)),
    ...(await cyclesOfReal(real, model)),
  ];
  const should = [...pictureOfModel(model), ...cyclesOfModel(model)];
  return { operations, deviations: differences(is, should), answers };
}
