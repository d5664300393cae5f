import { at, book, type Model } from "./model.ts";
import { arrive } from "./receipts.ts";
import { ask, isDisputed, left, refundable, sumOf } from "./refunds.ts";
import { drawKept } from "./reserves.ts";

const HOURS = 3_600_000;
const SHARES = [10, 25, 50, 75, 100];
const FAULTS = ["farm", "cooperative", "carrier"] as const;

/** What a buyer claims of a line of a parcel, and whose fault its cooperative says it was. */
export type Claiming = { listing: number; percent: number; fault: (typeof FAULTS)[number] };

export const claimingOf = (listing: number, how: number, much: number): Claiming => ({
  listing,
  percent: at(SHARES, much % SHARES.length),
  fault: at(FAULTS, how % FAULTS.length),
});

/** Only of a buyer who has confirmed her number is a claim believed to be the first. */
export const isConfirmed = (order: number) => order % 2 === 0;

/** Something of it is in a claim that nobody could settle: then it is in no other. */
const key = (order: number, listing: number) => `${order}/${listing}`;

/** The buyer claims and, unless the rule gives it at once, the cooperative gives all of it. */
export function claim(model: Model, index: number, { listing, percent, fault }: Claiming): string {
  const parcel = at(model.parcels, index);
  const order = at(model.orders, parcel.order);
  const sold = order.lines.find((line) => line.listing === listing && line.parcel === index);
  if (!order.wasPaid || !sold) return "parcel-not-found";
  const isComing = parcel.status === "shipped";
  if (parcel.status !== "delivered" && !isComing) return "not-delivered";
  const theirs = parcel.isTheirWord ? parcel.shippedAt + 72 * HOURS : 0;
  const from = Math.max(parcel.deliveredAt, theirs);
  if (!isComing && model.now - from > 48 * HOURS) return "too-late";
  const payment = model.payments.findIndex((each) => each.order === parcel.order && each.isSale);
  if (isDisputed(model, payment)) return "payment-disputed";
  const most = Math.max(0, refundable(model, payment));
  const there = (line: string) =>
    Math.min(most, sumOf(left(model, parcel.order, index).filter((give) => give.line === line)));
  const lines = order.lines.filter((line) => line.parcel === index);
  if (lines.every((line) => there(key(parcel.order, line.listing)) === 0)) return "nothing-left";
  const leftFen = there(key(parcel.order, listing));
  if (leftFen === 0) return "nothing-left";
  const fen = Math.min(leftFen, Math.max(1, Math.floor((sold.lineFen * percent) / 100)));
  const goods = order.lines.reduce(
    (sum, { lineFen, isInstead }) => sum + (isInstead ? 0 : lineFen),
    0,
  );
  const isAtOnce = isConfirmed(parcel.order) && !order.hasClaimed && fen * 10 <= goods;
  if (isComing) arrive(model, parcel);
  const of = { kind: "amount", fen, listing } as const;
  const asked = ask(model, { order: parcel.order, parcel: index, of, reason: "goods" });
  if ("refusal" in asked) return `the model gives nothing: ${asked.refusal}`;
  order.hasClaimed = true;
  if (!isAtOnce && fault !== "farm") makeGood(model, parcel.coop);
  return `${isAtOnce ? "at once" : "accepted"} ${fen}`;
}

/** The households get from their cooperative what the newest refund takes from them. */
function makeGood(model: Model, coop: number): void {
  const { slug } = at(model.coops, coop);
  const gives = model.refunds.at(-1)?.gives.filter(({ relief }) => relief !== "") ?? [];
  if (gives.length === 0) return;
  const costs = sumOf(gives);
  book(
    model,
    gives.flatMap(({ account, line, relief, fen }) => [
      { account, line, relief, fen: -fen },
      { account: `coop-fee:${slug}`, line, fen },
    ]),
  );
  drawKept(model, coop, costs);
}
