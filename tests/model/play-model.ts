import { claim } from "./claims.ts";
import { playCycle } from "./cycles.ts";
import { settleDispute } from "./disputes.ts";
import { decideFailed, settleRefunds } from "./given.ts";
import { byPreparer, isEven, type Meant, refundAnswer } from "./mean.ts";
import { isOfCycle } from "./mean-cycles.ts";
import { isMisread } from "./mean-runs.ts";
import { at, DISPUTE_FEE_FEN, MINUTE, type Model } from "./model.ts";
import { cancelUnpaid, expire, newPage, open, place, settle } from "./orders.ts";
import { advance, callOff, cancelPaid } from "./parcels.ts";
import { sendLater } from "./parted.ts";
import {
  approveReversal,
  askReversal,
  bankPays,
  bounce,
  cancelRun,
  confirm,
  prepare,
} from "./payouts.ts";
import { letWeekPass, receive, receiveOne } from "./receipts.ts";
import { ask } from "./refunds.ts";
import { agree, count, termsOf } from "./reserves.ts";
import { sendRefund } from "./send.ts";
import { sayShort, weigh } from "./short.ts";
import type { Step } from "./steps.ts";
import { answer, lapse, propose, withdraw } from "./substitutes.ts";
import { takeBack, transfer } from "./transfers.ts";

function pay(model: Model, index: number, fen: number, currency: string): string {
  const page = at(model.pages, index);
  page.status = "complete";
  page.isProcessing = false;
  page.payment = model.payments.length;
  model.payments.push({ order: page.order, fen, currency, taken: null, isSale: false });
  return "paid";
}

/** Plays one step in the model; what the real market has to answer, or null for none. */
export function playModel(model: Model, step: Step, meant: NonNullable<Meant>): string | null {
  const { index, fen = 0, currency = "cny" } = meant;
  if (isOfCycle(step.do)) return playCycle(model, step.do, index, meant.cycling);
  switch (step.do) {
    case "place":
      return place(model, { items: meant.items ?? [], county: meant.county ?? "" });
    case "place-again":
      return `placed ${at(model.orders, index).totalFen} again`;
    case "open":
      return open(model, index);
    case "second-page":
      newPage(model, index);
      return null;
    case "pay":
    case "pay-late":
      return pay(model, index, fen, currency);
    case "pay-slowly":
      Object.assign(at(model.pages, index), { status: "complete", isProcessing: true });
      return null;
    case "decide-slow":
      if (isEven(step.how)) return pay(model, index, fen, currency);
      at(model.pages, index).isProcessing = false;
      return null;
    case "settle":
      return settle(model, index);
    case "expire":
      return expire(model, index);
    case "cancel":
      return cancelUnpaid(model, index) ?? cancelPaid(model, index, !isEven(step.how));
    case "wait":
      model.now += (step.how + 1) * 3 * MINUTE;
      return null;
    case "receive":
      return receive(model, index);
    case "receive-one":
      return receiveOne(model, index);
    case "a-week":
      letWeekPass(model);
      return null;
    case "accept":
    case "pack":
    case "ship":
    case "deliver":
      return advance(model, index, step.do);
    case "call-off":
      return callOff(model, index, isEven(step.how));
    case "claim":
      return meant.claiming ? claim(model, index, meant.claiming) : null;
    case "short":
      return meant.inBox ? sayShort(model, index, meant.inBox) : null;
    case "weigh":
      return meant.inBox ? weigh(model, index, meant.inBox) : null;
    case "send-later":
      return meant.inBox ? sendLater(model, index, meant.inBox) : null;
    case "propose":
      return meant.proposing ? propose(model, index, meant.proposing) : null;
    case "answer":
      return answer(model, index, step.how % 4 > 0);
    case "withdraw":
      return withdraw(model, index, isEven(step.how));
    case "half-a-day":
      return lapse(model, 12 + step.how - 6);
    case "reword":
      at(model.listings, index).words += 1;
      return null;
    case "refund":
      return askParcel(model, meant);
    case "refund-again":
      return `asked ${at(model.refunds, index).fen} again`;
    case "carry-out":
      return sendRefund(model, index, refundAnswer(step.how));
    case "refund-turns": {
      const given = at(model.given, index);
      given.status = isEven(step.how) ? "succeeded" : "failed";
      if (given.status === "failed") given.failedAfter ??= model.given.length;
      return null;
    }
    case "give-back":
      model.given.push({ payment: index, fen, status: "succeeded", refund: null });
      return null;
    case "decide-failed":
      return decideFailed(model, index, isEven(step.how));
    case "transfer":
      return transfer(model, index, fen);
    case "take-back":
      return takeBack(model, index);
    case "settle-refunds":
      return settleRefunds(model, index);
    case "dispute":
      model.disputes.push({
        ...{ payment: index, fen, moves: [{ fen: -fen, feeFen: DISPUTE_FEE_FEN }] },
        ...{ status: "open", seen: null, posted: 0, loss: { fen: 0, aside: 0 } },
      });
      return null;
    case "decide-dispute":
      return decide(model, index, isEven(step.how));
    case "turn-dispute":
      return turn(model, index, isEven(step.how));
    case "settle-dispute":
      return settleDispute(model, index);
    case "prepare":
      return prepare(model, index);
    case "confirm":
    case "confirm-anyway":
      return confirm(model, index, {
        evenIfOverdrawn: step.do === "confirm-anyway",
        byPreparer: byPreparer(step.how),
      });
    case "cancel-run":
      return cancelRun(model, index);
    case "bounce":
      return bounce(model, index);
    case "bank-pays":
      return bankPays(model, index);
    case "ask-reversal":
      return askReversal(model, index);
    case "approve-reversal": {
      const byAsker = byPreparer(step.how);
      return approveReversal(model, index, { byAsker, isMisread: isMisread(step.how) });
    }
    case "count-reserve":
      return count(model, index);
    case "agree-reserve":
      return agree(model, index, termsOf(step.how, step.much));
    case "pause":
    case "resume":
      at(model.listings, index).isPaused = step.do === "pause";
      return null;
  }
}

/** A bank takes its verdict back: for the other one, or to think it over. */
function turn(model: Model, index: number, isOpened: boolean): null {
  const dispute = at(model.disputes, index);
  const [taken] = dispute.moves;
  const wasWon = dispute.status === "won";
  const isWon = !isOpened && !wasWon;
  dispute.status = isWon ? "won" : isOpened ? "open" : "lost";
  if (isWon === wasWon || !taken) return null;
  const sign = isWon ? -1 : 1;
  dispute.moves.push({ fen: sign * taken.fen, feeFen: sign * taken.feeFen });
  return null;
}

function decide(model: Model, index: number, isWon: boolean): null {
  const dispute = at(model.disputes, index);
  dispute.status = isWon ? "won" : "lost";
  const [taken] = dispute.moves;
  if (isWon && taken) dispute.moves.push({ fen: -taken.fen, feeFen: -taken.feeFen });
  return null;
}

function askParcel(model: Model, { index, of, key = "" }: NonNullable<Meant>): string {
  const parcel = at(model.parcels, index);
  const order = at(model.orders, parcel.order);
  const isSeen = order.wasPaid && !["pending-payment", "expired"].includes(order.status);
  if (!isSeen || !of) return "parcel-not-found";
  const again = { parcel: index, key };
  const asked = ask(model, { order: parcel.order, parcel: index, of, reason: "goods", again });
  return "fen" in asked ? `asked ${asked.fen} new` : asked.refusal;
}
