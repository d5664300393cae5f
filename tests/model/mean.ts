import type { RefundAnswer } from "./bank.ts";
import { type Claiming, claimingOf } from "./claims.ts";
import { canTurn, isFree, notAtBank, promised, restAtBank } from "./mean-bank.ts";
import { type Cycling, isOfCycle, meanCycle } from "./mean-cycles.ts";
import { isOfRun, meanRun } from "./mean-runs.ts";
import { mayBeShort, proposing } from "./mean-substitutes.ts";
import { at, type Model, type Payment, pick } from "./model.ts";
import type { Of } from "./refunds.ts";
import { type InBox, inBox } from "./short.ts";
import type { Step } from "./steps.ts";
import type { Proposing } from "./substitutes.ts";
import { payable } from "./transfers.ts";

/** What a step came to mean: the thing it names, and what was settled on. Null: nothing to do. */
export type Meant = {
  index: number;
  items?: { listing: number; quantity: number }[];
  county?: string;
  fen?: number;
  currency?: string;
  of?: Of;
  key?: string;
  claiming?: Claiming;
  inBox?: InBox;
  proposing?: Proposing;
  cycling?: Cycling;
} | null;

/** Rarely the last, to which one of the cooperatives sends nothing. */
export const COUNTIES = ["440106", "650102", "540102"];
const REFUND_ANSWERS = [
  ...["succeeded", "succeeded", "pending", "refused", "succeeded", "lost"],
  ...["succeeded", "not-now", "pending", "succeeded", "refused", "lost"],
] as RefundAnswer[];
export const refundAnswer = (how: number) => at(REFUND_ANSWERS, how % REFUND_ANSWERS.length);
/** Who prepared the run tries to approve it herself. */
export const byPreparer = (how: number) => how === 9;
export const isEven = (how: number) => how % 2 === 0;

function refundOf(model: Model, parcel: number, { how, much }: Step): Of {
  const order = at(model.orders, at(model.parcels, parcel).order);
  const lines = order.lines.filter((line) => line.parcel === parcel);
  const { listing } = at(lines, much % lines.length);
  const kinds: Of[] = [
    { kind: "all" },
    { kind: "line", listing },
    { kind: "quantity", listing, quantity: much % 4 },
    { kind: "amount", fen: much, listing },
    { kind: "amount", fen: much },
    { kind: "freight", fen: much % 1_300 },
  ];
  return at(kinds, how % kinds.length);
}

/** Looks up what a step is about, in the model alone: both markets are told the same. */
export function mean(model: Model, step: Step): Meant {
  const among = (count: number) => {
    const index = pick(count, step.of);
    return index < 0 ? null : { index };
  };
  const anyOf = <Value>(list: Value[], is: (value: Value) => boolean) => {
    const fit = list.flatMap((value, index) => (is(value) ? [index] : []));
    const found = pick(fit.length, step.of);
    return found < 0 ? null : { index: at(fit, found) };
  };
  if (isOfRun(step.do)) return meanRun(model, step.do, among);
  if (isOfCycle(step.do)) return meanCycle(model, step.do, step);
  switch (step.do) {
    case "place": {
      const seen = new Set<number>();
      const items = (step.items ?? []).filter(
        ({ listing }) => !seen.has(listing) && seen.add(listing),
      );
      return {
        index: model.orders.length,
        items,
        county: at(COUNTIES, step.how === 11 ? 2 : step.how % 2),
      };
    }
    case "place-again":
    case "open":
    case "second-page":
    case "expire":
    case "cancel":
    case "receive":
      return among(model.orders.length);
    case "pay": {
      const open_ = anyOf(model.pages, (page) => page.status === "open");
      if (!open_) return null;
      const { fen } = at(model.pages, open_.index);
      const right = { ...open_, fen, currency: "cny" };
      const strange = [
        { ...right, fen: fen - 1 },
        { ...right, fen: fen + 1 },
        { ...right, currency: "usd" },
      ];
      return strange[11 - step.how] ?? right;
    }
    case "pay-late": {
      const late = anyOf(model.pages, (page) => page.status === "expired");
      return late && { ...late, fen: at(model.pages, late.index).fen, currency: "cny" };
    }
    case "pay-slowly":
      return anyOf(model.pages, (page) => page.status === "open");
    case "decide-slow": {
      const slow = anyOf(model.pages, (page) => page.isProcessing);
      return slow && { ...slow, fen: at(model.pages, slow.index).fen, currency: "cny" };
    }
    case "settle":
      return among(model.pages.length);
    case "count-reserve":
    case "agree-reserve":
      return { index: step.of % model.coops.length };
    case "wait":
    case "a-week":
    case "half-a-day":
      return { index: 0 };
    case "accept":
    case "pack":
    case "ship":
    case "deliver":
    case "receive-one":
    case "call-off":
      return likely(model, step, anyOf);
    case "short":
    case "weigh":
    case "send-later":
      return inBox(model, step, likely(model, step, anyOf));
    case "propose":
      return proposing(
        model,
        step,
        (step.how > 1 &&
          anyOf(model.parcels, (each) => mayBeShort(model, each, model.parcels.indexOf(each)))) ||
          likely(model, step, anyOf),
      );
    case "answer":
    case "withdraw":
      return (
        anyOf(model.substitutions, ({ state }) => state === "open") ??
        among(model.substitutions.length)
      );
    case "refund": {
      const parcel = likely(model, step, anyOf);
      const key = `key-${model.refunds.length}-${model.transactions}-${step.much}`;
      return parcel && { ...parcel, of: refundOf(model, parcel.index, step), key };
    }
    case "claim": {
      const parcel = likely(model, step, anyOf);
      if (!parcel) return null;
      const order = at(model.orders, at(model.parcels, parcel.index).order);
      const lines = order.lines.filter((line) => line.parcel === parcel.index);
      const { listing } = at(lines, step.much % lines.length);
      return { ...parcel, claiming: claimingOf(listing, step.how, step.much) };
    }
    case "refund-again":
      return anyOf(model.refunds, (refund) => refund.again !== null);
    case "carry-out":
      return among(model.refunds.length);
    case "refund-turns":
      return anyOf(model.given, ({ status }) => status !== "failed");
    case "give-back": {
      // Often what the operator has paid already, or wrote down so.
      const isPaid = (each: Payment) =>
        model.refunds.some((of) => of.isTransfer && at(model.payments, of.payment) === each);
      const paid =
        step.how > 3 ? anyOf(model.payments, (e) => isFree(model, e) && isPaid(e)) : null;
      const found = paid ?? anyOf(model.payments, (each) => isFree(model, each));
      if (!found) return null;
      const rest = restAtBank(model, at(model.payments, found.index));
      const asked = model.refunds.find(
        (each) => each.payment === found.index && each.isRefused && each.status === "requested",
      );
      const promise = promised(model, found.index, step);
      const wanted = isEven(step.how) && promise > 0 ? promise : asked?.fen;
      const all = step.how % 3 === 1 && wanted ? Math.min(wanted, rest) : rest;
      return { ...found, fen: step.how % 3 === 2 ? 1 + (step.much % rest) : all };
    }
    case "decide-failed":
      return anyOf(model.refunds, ({ isUndecided = false }) => isUndecided);
    case "transfer": {
      const owed = (each: Payment) => payable(model, model.payments.indexOf(each));
      const found = anyOf(model.payments, (each) => owed(each) > 0);
      if (!found) return null;
      const fen = owed(at(model.payments, found.index));
      const promise = promised(model, found.index, step);
      if (step.how % 3 === 1 && promise > 0) return { ...found, fen: Math.min(promise, fen) };
      return { ...found, fen: isEven(step.how) ? fen : 1 + (step.much % fen) };
    }
    case "take-back":
      return anyOf(model.refunds, ({ isTransfer = false }) => isTransfer);
    case "settle-refunds": {
      const isNews = (each: Payment) =>
        model.given.some((of) => of.refund === null && at(model.payments, of.payment) === each);
      const news = step.how > 3 ? anyOf(model.payments, isNews) : null;
      return news ?? among(model.payments.length);
    }
    case "dispute": {
      // Banks also take back what the buyer has been given back already.
      const found = anyOf(model.payments, (each) => notAtBank(model, each) > 0);
      if (!found) return null;
      const payment = at(model.payments, found.index);
      const rest = Math.max(0, restAtBank(model, payment)) || notAtBank(model, payment);
      return { ...found, fen: isEven(step.how) ? rest : 1 + (step.much % rest) };
    }
    case "decide-dispute":
      return anyOf(model.disputes, ({ status }) => status === "open");
    case "turn-dispute":
      return anyOf(model.disputes, (each) => canTurn(model, each));
    case "settle-dispute":
      return among(model.disputes.length);
    case "pause":
    case "resume":
    case "reword":
      return among(model.listings.length);
  }
}

const BEFORE: Partial<Record<Step["do"], string>> = {
  accept: "waiting",
  pack: "accepted",
  ship: "packed",
  deliver: "shipped",
  claim: "delivered",
  "receive-one": "shipped",
};
type AnyOf = <Value>(list: Value[], is: (value: Value) => boolean) => { index: number } | null;

/** Mostly a parcel that was paid, often one whose turn it is; now and then any at all. */
function likely(model: Model, { do: verb, how }: Step, anyOf: AnyOf) {
  if (how === 0) return anyOf(model.parcels, () => true);
  const isPaid = (order: number) => at(model.orders, order).wasPaid;
  const before = isEven(how) ? BEFORE[verb] : undefined;
  return anyOf(
    model.parcels,
    ({ order, status }) => isPaid(order) && (before === undefined || status === before),
  );
}
