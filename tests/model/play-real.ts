import { sql } from "kysely";
import { completeOrders } from "#app/domain/orders/complete-orders.ts";
import { settleDispute } from "#app/domain/payments/settle-dispute.ts";
import { isEven, type Meant, refundAnswer } from "./mean.ts";
import { isOfCycle } from "./mean-cycles.ts";
import { isOfRun } from "./mean-runs.ts";
import { at, DISPUTE_FEE_FEN } from "./model.ts";
import { claim } from "./play-claims.ts";
import { playCycleInReal } from "./play-cycles.ts";
import {
  cancel,
  expire,
  open,
  placeAgain,
  placeNew,
  receive,
  receiveOne,
  settle,
} from "./play-orders.ts";
import { advance, callOff, carryOut, refund, refundAgain, settleGiven } from "./play-parcels.ts";
import { laterInReal } from "./play-parted.ts";
import { agreeInReal, countInReal } from "./play-reserves.ts";
import { playRun } from "./play-runs.ts";
import { shortInReal, weighInReal } from "./play-short.ts";
import { answerInReal, lapseInReal, proposeInReal, withdrawInReal } from "./play-substitutes.ts";
import { bookPaid, decideByHand, takeBackPaid } from "./play-transfers.ts";
import type { Real } from "./real.ts";
import type { Step } from "./steps.ts";

async function settleDisputed(real: Real, index: number): Promise<string> {
  const disputeId = at(real.disputes, index);
  const settled = await settleDispute(real.db, real.bank.gateway, { disputeId });
  return settled.ok ? settled.outcome : settled.reason;
}

/** What buyers and banks do at Stripe; the market learns of it when it settles. */
function playBank(real: Real, step: Step, { index, fen = 0, currency = "cny" }: Told) {
  const { bank } = real;
  switch (step.do) {
    case "second-page": {
      const { id, totalFen } = at(real.orders, index);
      bank.openPage(id, totalFen);
      return null;
    }
    case "pay":
    case "pay-late":
      bank.pay(bank.pageAt(index), fen, currency);
      return "paid";
    case "pay-slowly":
      Object.assign(bank.pageAt(index), { status: "complete", isProcessing: true });
      return null;
    case "decide-slow": {
      if (!isEven(step.how)) {
        bank.pageAt(index).isProcessing = false;
        return null;
      }
      bank.pay(bank.pageAt(index), fen, currency);
      return "paid";
    }
    case "refund-turns":
      bank.turnRefund(index, isEven(step.how) ? "succeeded" : "failed");
      return null;
    case "give-back":
      bank.giveBackByHand(bank.paidPage(index), fen);
      return null;
    case "dispute":
      real.disputes.push(bank.dispute(bank.paidPage(index), fen, DISPUTE_FEE_FEN));
      return null;
    case "decide-dispute":
      bank.decide(at(real.disputes, index), isEven(step.how) ? "won" : "lost");
      return null;
    case "turn-dispute": {
      const id = at(real.disputes, index);
      const isWon = bank.disputeStatus(id) === "won";
      bank.decide(id, isEven(step.how) ? "needs_response" : isWon ? "lost" : "won");
      return null;
    }
    default:
      throw new Error(`nobody knows how to ${step.do}`);
  }
}

type Told = NonNullable<Meant>;

/** Plays one step in the real market; its answer in the model's words, or null for none. */
export async function playReal(
  real: Real,
  step: Step,
  meant: Told,
  totalFen: number,
): Promise<string | null> {
  const { index } = meant;
  if (isOfRun(step.do)) return playRun(real, step.do, index, step.how);
  if (isOfCycle(step.do)) return playCycleInReal(real, step.do, index, meant.cycling);
  switch (step.do) {
    case "place":
      return placeNew(real, meant, totalFen);
    case "place-again":
      return placeAgain(real, index);
    case "open":
      return open(real, index);
    case "settle":
      return settle(real, index);
    case "expire":
      return expire(real, index);
    case "cancel":
      return cancel(real, index, !isEven(step.how));
    case "wait":
      return null;
    case "receive":
      return receive(real, index);
    case "receive-one":
      return receiveOne(real, index);
    case "a-week":
      await completeOrders(real.db, { now: real.now() });
      return null;
    case "accept":
    case "pack":
    case "ship":
    case "deliver":
      return advance(real, index, step.do);
    case "call-off":
      return callOff(real, index, isEven(step.how));
    case "claim":
      return meant.claiming ? claim(real, index, meant.claiming) : null;
    case "short":
      return meant.inBox ? shortInReal(real, index, meant.inBox) : null;
    case "weigh":
      return meant.inBox ? weighInReal(real, index, meant.inBox) : null;
    case "send-later":
      return meant.inBox ? laterInReal(real, index, meant.inBox) : null;
    case "propose":
      return meant.proposing ? proposeInReal(real, index, meant.proposing) : null;
    case "answer":
      return answerInReal(real, index, step.how % 4 > 0);
    case "withdraw":
      return withdrawInReal(real, index, isEven(step.how));
    case "half-a-day":
      return lapseInReal(real);
    case "refund":
      return refund(real, index, meant.of ?? { kind: "all" }, meant.key ?? "");
    case "refund-again":
      return refundAgain(real, index);
    case "carry-out":
      return carryOut(real, index, refundAnswer(step.how));
    case "decide-failed":
      return decideByHand(real, index, isEven(step.how));
    case "transfer":
      return bookPaid(real, index, meant.fen ?? 0);
    case "take-back":
      return takeBackPaid(real, index);
    case "settle-refunds":
      return settleGiven(real, index);
    case "settle-dispute":
      return settleDisputed(real, index);
    case "count-reserve":
      return countInReal(real, index);
    case "agree-reserve":
      return agreeInReal(real, index, step);
    case "pause":
    case "resume": {
      const status = step.do === "pause" ? "paused" : "published";
      await sql`update listings set status = ${status}
        where id = ${at(real.listings, index).id}`.execute(real.db);
      return null;
    }
    case "reword":
      await sql`update listings set title_zh = title_zh || '。'
        where id = ${at(real.listings, index).id}`.execute(real.db);
      return null;
    default:
      return playBank(real, step, meant);
  }
}

/** Refunds that came into being by themselves, found in the order of their ids. */
export async function noticeRefunds(real: Real): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from refunds
    where order_id = any(${real.orders.map((order) => order.id)}::uuid[])
      and id > ${real.refunds.at(-1) ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by id`.execute(real.db);
  real.refunds.push(...rows.map((row) => row.id));
}
