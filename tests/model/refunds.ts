import { isFreightSpent } from "./freight-spent.ts";
import { at, type Give, type Model, type Refund } from "./model.ts";
import { share } from "./money.ts";
import { byPromise, isKept, keptInTurn, takeInTurn } from "./promises.ts";

/** Those of a payment, in the order in which they were heard of. */
export const disputesOf = (model: Model, payment: number) =>
  model.disputes
    .filter((each) => each.payment === payment)
    .sort((one, other) => (one.heard ?? Infinity) - (other.heard ?? Infinity));
export const sumOf = (list: { fen: number }[]) => list.reduce((sum, { fen }) => sum + fen, 0);

/** A payment is disputed as long as a dispute that we know of is open. */
export const isDisputed = (model: Model, payment: number) =>
  disputesOf(model, payment).some(({ seen }) => seen === "open");

/** What banks gave back of a payment for good, as far as we know. */
export const lost = (model: Model, payment: number) =>
  sumOf(disputesOf(model, payment).filter(({ seen }) => seen === "lost"));

/** How a payment stands, from what has happened to it. */
export function standing(model: Model, index: number): string {
  const payment = at(model.payments, index);
  const refunds = model.refunds.filter(
    (each) =>
      each.payment === index &&
      ["pending", "succeeded"].includes(each.status) &&
      each.byBank === undefined,
  );
  const given = sumOf(refunds) + lost(model, index);
  if (isDisputed(model, index)) return "disputed";
  if (given >= payment.fen) return "refunded";
  if (!payment.isSale) return "suspense";
  return given > 0 ? "partly-refunded" : "succeeded";
}

/** What the buyer may still get back: paid, less what is back or on its way. */
export function refundable(model: Model, index: number): number {
  const refunds = model.refunds.filter(
    (each) => each.payment === index && each.status !== "failed" && each.byBank === undefined,
  );
  return at(model.payments, index).fen - sumOf(refunds) - lost(model, index);
}

const keyOf = (give: Give) => `${give.account}|${give.line}|${give.parcel}`;

/** What each account has left of an order: earned, less what was and will be given back. */
export function left(model: Model, index: number, parcel: number | null): Give[] {
  const order = at(model.orders, index);
  const sums = new Map<string, Give>();
  const gone = model.refunds
    .filter((each) => each.order === index && each.status !== "failed")
    .flatMap((each) => each.gives)
    .concat(order.unearned)
    .map((give) => ({ ...give, fen: -give.fen }));
  for (const give of [...order.earned, ...gone]) {
    const sum = sums.get(keyOf(give)) ?? { ...give, fen: 0 };
    sums.set(keyOf(give), { ...sum, fen: sum.fen + give.fen });
  }
  const turn = (give: Give) => {
    const line = order.lines.findIndex(
      (each) => give.line === `${index}/${each.listing}` && give.parcel === each.parcel,
    );
    const id = model.accounts.find((account) => account.code === give.relief)?.id ?? "";
    // Freight last; of a line the fee first, then the households.
    const promise = String(give.promise ?? 999_999).padStart(6, "0");
    return `${line < 0 ? "z" : String(line).padStart(3, "0")} ${id} ${give.account} ${promise}`;
  };
  return [...sums.values()]
    .filter((give) => give.fen > 0 && (parcel === null || give.parcel === parcel))
    .flatMap((give) => byPromise(model, give))
    .sort((one, other) => (turn(one) < turn(other) ? -1 : 1));
}

export type Of =
  | { kind: "all" }
  | { kind: "line"; listing: number }
  | { kind: "quantity"; listing: number; quantity: number }
  | { kind: "amount"; fen: number; listing?: number }
  | { kind: "freight"; fen: number };

/** What only a verdict asks for: all but what failed refunds had promised; or what one of them had. */
type OfVerdict = { kind: "unpromised" } | { kind: "promised"; by: number };

type Planned = { gives: Give[] } | { refusal: string };

function takeFen(from: Give[], fen: number): Planned {
  const all = sumOf(from);
  if (fen <= 0) return { refusal: "not-an-amount" };
  if (fen > all) return { refusal: `more-than-left ${all}` };
  const parts = share(
    fen,
    from.map((give) => give.fen),
  );
  const gives = from.map((give, index) => ({ ...give, fen: parts[index] ?? 0 }));
  return { gives: gives.filter((give) => give.fen > 0) };
}

/** A promise of its own: what stands apart for another is taken only where nothing else is there. */
function takeAnew(from: Give[], fen: number): Planned {
  const all = sumOf(from);
  if (fen <= 0) return { refusal: "not-an-amount" };
  if (fen > all) return { refusal: `more-than-left ${all}` };
  const free = from.filter((give) => !isKept(give));
  return { gives: takeInTurn([free, ...keptInTurn(from, fen - sumOf(free))], fen) };
}

function plan(model: Model, index: number, parcel: number | null, of: Of | OfVerdict): Planned {
  const there = left(model, index, parcel);
  const produce = there.filter((give) => give.line !== "");
  const freight = there.filter((give) => give.line === "");
  if (of.kind === "freight") return takeAnew(freight, of.fen);
  if (of.kind === "promised") {
    const gives = there.filter((give) => give.promise === of.by);
    return gives.length > 0 ? { gives } : { refusal: "nothing-left" };
  }
  if (of.kind === "all" || of.kind === "unpromised") {
    const stays = freight.filter((give) => isFreightSpent(model, give.parcel));
    const goes = there.filter((give) => !stays.includes(give));
    const gives = of.kind === "all" ? goes : goes.filter((give) => give.promise === undefined);
    return gives.length > 0 ? { gives } : { refusal: "nothing-left" };
  }
  const line = of.listing === undefined ? null : `${index}/${of.listing}`;
  const from = produce.filter((give) => line === null || give.line === line);
  if (from.length === 0) return { refusal: line === null ? "nothing-left" : "unknown-line" };
  if (of.kind === "line") return { gives: from };
  if (of.kind === "amount") return takeAnew(from, of.fen);
  const sold = at(model.orders, index).lines.find((each) => each.listing === of.listing);
  return takeAnew(from, of.quantity * (sold?.priceFen ?? 0));
}

/** Nobody is given more than she paid: what says no amount becomes what is missing. */
function within(most: number, of: Of | OfVerdict, planned: Planned): Planned {
  if ("refusal" in planned || sumOf(planned.gives) <= most) return planned;
  if ("fen" in of || of.kind === "quantity") return { refusal: `more-than-left ${most}` };
  return most === 0 ? { refusal: "nothing-left" } : takeFen(planned.gives, most);
}

/** The first fen of what a refund was to give, and the rest. */
export function cut(of: Give[], fen: number): { first: Give[]; rest: Give[] } {
  const weights = of.map((give) => give.fen);
  const parts = of.length > 0 ? share(fen, weights) : [];
  const some = (each: Give[]) => each.filter((give) => give.fen > 0);
  return {
    first: some(of.map((give, index) => ({ ...give, fen: at(parts, index) }))),
    rest: some(of.map((give, index) => ({ ...give, fen: give.fen - at(parts, index) }))),
  };
}

/** Writes down that so much is to be given back. */
export function request(model: Model, refund: Omit<Refund, "status" | "isRefused">): number {
  return model.refunds.push({ ...refund, status: "requested", isRefused: false }) - 1;
}

/** Asks for money back of a paid order; what each account gives is fixed now. */
export function ask(
  model: Model,
  asked: {
    order: number;
    parcel: number | null;
    of: Of | OfVerdict;
    reason: string;
    again?: Refund["again"];
  },
): { fen: number } | { refusal: string } {
  const payment = model.payments.findIndex((each) => each.order === asked.order && each.isSale);
  if (payment < 0) return { refusal: "not-paid" };
  if (isDisputed(model, payment)) return { refusal: "payment-disputed" };
  const most = Math.max(0, refundable(model, payment));
  const planned = within(most, asked.of, plan(model, asked.order, asked.parcel, asked.of));
  if ("refusal" in planned) return planned;
  const { order, reason } = asked;
  const fen = sumOf(planned.gives);
  const again = asked.again ?? null;
  request(model, { payment, order, fen, reason, gives: planned.gives, again });
  return { fen };
}
