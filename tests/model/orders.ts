import { isForSale, openCycleOf } from "./cycle-plans.ts";
import { at, book, inCurrency, MINUTE, type Model, type Order, type Payment } from "./model.ts";
import { carriage, feeOf } from "./money.ts";
import { request } from "./refunds.ts";
import { noteSold } from "./reserves.ts";
import { freeOf, move, partsOf, provide, takeAgain } from "./stock.ts";

const HOLD = 31 * MINUTE;
const SHORTEST_PAGE = 30 * MINUTE + 20_000;

export type Wanted = { items: { listing: number; quantity: number }[]; county: string };

/** Lines parcel by parcel in the order of the cooperatives' names, as the cart had them. */
function linesOf(model: Model, items: Wanted["items"]) {
  const coopOf = (listing: number) => at(model.listings, listing).coop;
  const coops = [...new Set(items.map((item) => coopOf(item.listing)))].sort((one, other) =>
    at(model.coops, one).slug < at(model.coops, other).slug ? -1 : 1,
  );
  return coops.map((coop) => ({
    coop,
    lines: items
      .filter((item) => coopOf(item.listing) === coop)
      .map(({ listing, quantity }) => {
        const { priceFen, words } = at(model.listings, listing);
        const lineFen = priceFen * quantity;
        const feeFen = feeOf(lineFen, at(model.coops, coop).feeBasisPoints);
        const cycle = openCycleOf(model, listing);
        return { listing, quantity, priceFen, lineFen, feeFen, words, ...(cycle && { cycle }) };
      }),
  }));
}

/** Places an order of everything wanted: all of it is held, or nothing. */
export function place(model: Model, { items, county }: Wanted): string {
  if (items.some(({ listing }) => !isForSale(model, listing))) return "listing-unavailable";
  const isSent = ({ listing }: Wanted["items"][number]) =>
    !at(model.coops, at(model.listings, listing).coop).terms.never.includes(county.slice(0, 2));
  const sent = items.filter(isSent);
  if (sent.some((item) => freeOf(model, item.listing) < item.quantity)) return "insufficient-stock";
  // Nobody was shown a page that leaves something out, so all of it is refused.
  if (sent.length < items.length) return "not-served";
  const groups = linesOf(model, items);
  const weightOf = (lines: (typeof groups)[number]["lines"]) =>
    lines.reduce((sum, l) => sum + l.quantity * at(model.listings, l.listing).unitGrams, 0);
  const sumOf = (lines: (typeof groups)[number]["lines"]) =>
    lines.reduce((sum, l) => sum + l.lineFen, 0);
  const freight = groups.map(({ coop, lines }) =>
    carriage(at(model.coops, coop).terms, weightOf(lines), sumOf(lines), county),
  );
  const produceFen = groups.flatMap(({ lines }) => lines).reduce((sum, l) => sum + l.lineFen, 0);
  const totalFen = produceFen + freight.reduce((sum, fen) => sum + fen, 0);
  if (totalFen > 99_999_999) return "total-too-large";
  if (totalFen < 400) return "total-too-small";
  const order: Order = {
    status: "pending-payment",
    placedAt: model.now,
    expiresAt: model.now + HOLD,
    totalFen,
    lines: [],
    parcels: [],
    page: null,
    isAtBank: false,
    wasPaid: false,
    earned: [],
    unearned: [],
    covers: 0,
    isCompleted: false,
  };
  for (const [index, { coop, lines }] of groups.entries()) {
    const parcel = model.parcels.length;
    const freightFen = freight[index] ?? 0;
    model.parcels.push({
      order: model.orders.length,
      coop,
      status: "waiting",
      freightFen,
      hasFreight: true,
      shippedAt: 0,
      deliveredAt: 0,
    });
    order.parcels.push(parcel);
    for (const line of lines) {
      const parts = provide(model, { ...line, parcel }, "held") ?? [];
      for (const part of parts) move(model, part, "available", "held", "held");
      order.lines.push({ ...line, parcel, parts });
    }
  }
  model.orders.push(order);
  return `placed ${totalFen}`;
}

/** The payment page of an unpaid order; a page needs half an hour, so the hold may start afresh. */
export function open(model: Model, index: number): string {
  const order = at(model.orders, index);
  if (order.status !== "pending-payment") return `order-not-payable ${order.status}`;
  if (order.page !== null && order.isAtBank) {
    const outcome = settle(model, order.page);
    if (outcome === "processing" || outcome === "refused") return `payment-${outcome}`;
    return `order-not-payable ${order.status}`;
  }
  if (order.expiresAt <= model.now) return "order-not-payable expired";
  if (order.page !== null) return `page ${order.page}`;
  if (order.expiresAt - model.now < SHORTEST_PAGE) {
    const expiresAt = Math.min(model.now + HOLD, order.placedAt + 2 * HOLD);
    if (expiresAt - model.now < SHORTEST_PAGE) return "order-not-payable expired";
    order.expiresAt = expiresAt;
  }
  order.page = newPage(model, index);
  return `page ${order.page}`;
}

export function newPage(model: Model, order: number): number {
  const fen = at(model.orders, order).totalFen;
  model.pages.push({ order, fen, status: "open", isProcessing: false, payment: null });
  return model.pages.length - 1;
}

function closeUnpaid(model: Model, order: Order, status: "expired" | "cancelled"): void {
  order.status = status;
  for (const part of partsOf(order, "held")) move(model, part, "held", "available", "released");
  for (const parcel of order.parcels) at(model.parcels, parcel).status = "cancelled";
}

function postSale(model: Model, index: number): void {
  const order = at(model.orders, index);
  for (const line of order.lines) {
    const { slug } = at(model.coops, at(model.parcels, line.parcel).coop);
    const of = { line: `${index}/${line.listing}`, parcel: line.parcel };
    order.earned.push({ ...of, account: `coop-fee:${slug}`, relief: "", fen: line.feeFen });
    for (const part of line.parts.filter((each) => each.state === "sold")) {
      const { code } = at(model.accounts, at(model.lots, part.lot).account);
      order.earned.push({ ...of, account: `relief:${code}`, relief: code, fen: part.fen });
    }
  }
  for (const parcel of order.parcels) {
    const { coop, freightFen } = at(model.parcels, parcel);
    const account = `freight:${at(model.coops, coop).slug}`;
    order.earned.push({ account, line: "", relief: "", parcel, fen: freightFen });
  }
  book(model, [
    { account: "stripe:clearing", fen: order.totalFen },
    ...order.earned.map((give) => ({ ...give, fen: -give.fen })),
  ]);
  noteSold(model, index);
}

function putAside(model: Model, payment: Payment, why: string | null): Payment["taken"] {
  const { fen, currency, order } = payment;
  book(model, [
    { account: inCurrency("stripe:clearing", currency), fen },
    { account: inCurrency("suspense:payments", currency), fen: -fen },
  ]);
  if (why === null) return "suspended";
  const refund = { payment: model.payments.indexOf(payment), order, fen, reason: why };
  request(model, { ...refund, gives: [], again: null });
  return "refunding";
}

function take(model: Model, payment: Payment): Payment["taken"] {
  const order = at(model.orders, payment.order);
  const isOpen = ["pending-payment", "cancelled", "expired"].includes(order.status);
  if (!isOpen || order.earned.length > 0) return putAside(model, payment, "second-payment");
  if (payment.fen !== order.totalFen || payment.currency !== "cny") {
    return putAside(model, payment, null);
  }
  if (order.status === "pending-payment") {
    for (const part of partsOf(order, "held")) move(model, part, "held", "sold", "sold");
  } else if (!takeAgain(model, order)) return putAside(model, payment, "late-payment");
  order.status = "paid";
  order.wasPaid = true;
  payment.isSale = true;
  for (const parcel of order.parcels) at(model.parcels, parcel).status = "waiting";
  postSale(model, payment.order);
  return "settled";
}

/** What is found at Stripe is brought into the market; a second time changes nothing. */
export function settle(model: Model, index: number): string {
  const page = at(model.pages, index);
  const order = at(model.orders, page.order);
  if (page.payment !== null) {
    const payment = at(model.payments, page.payment);
    payment.taken ??= take(model, payment);
    return payment.taken ?? "";
  }
  const isIts = order.page === index;
  if (isIts) order.isAtBank = page.isProcessing;
  if (page.isProcessing) return "processing";
  if (page.status === "open") return "unpaid";
  if (order.status !== "pending-payment" || !(isIts || order.page === null)) return "over";
  // An order with time left does not end because one page of payment did.
  if (order.expiresAt <= model.now) closeUnpaid(model, order, "expired");
  else if (isIts) {
    order.page = null;
    if (page.status === "complete") return "refused";
  }
  return "over";
}

type Closed = "closed" | "paid" | "processing";

function closePage(model: Model, index: number): Closed {
  const page = at(model.pages, index);
  if (page.status === "open") page.status = "expired";
  else if (page.payment !== null) return "paid";
  else if (page.isProcessing) return "processing";
  return "closed";
}

/** The time of an unpaid order is over: Stripe is asked first. */
export function expire(model: Model, index: number): string {
  const order = at(model.orders, index);
  if (order.status !== "pending-payment") return "not-pending";
  if (order.expiresAt > model.now) return "not-due";
  if (order.page !== null) {
    const closed = closePage(model, order.page);
    if (closed === "processing") return "processing";
    if (closed === "paid" && settle(model, order.page) !== "suspended") return "settled";
  }
  closeUnpaid(model, order, "expired");
  return "expired";
}

/** The buyer gives an unpaid order up; null when it is none and the paid one's rules count. */
export function cancelUnpaid(model: Model, index: number): string | null {
  const order = at(model.orders, index);
  if (order.status !== "pending-payment") return null;
  if (order.page !== null) {
    const closed = closePage(model, order.page);
    const waits = closed === "paid" && settle(model, order.page) === "suspended";
    if (closed === "processing" || waits) return "order-not-cancellable pending-payment";
    if (closed === "paid") return null;
  }
  closeUnpaid(model, order, "cancelled");
  return "cancelled 0";
}
