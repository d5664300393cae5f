import { at, book, type Give, type Model, type Part, type Substitution } from "./model.ts";
import { feeOf, share } from "./money.ts";
import { callParcelOff } from "./parcels.ts";
import { isKept } from "./promises.ts";
import { ask, isDisputed, left, refundable, sumOf } from "./refunds.ts";
import { lineOf, refusal, STOPPED, takeShort, toSend } from "./short.ts";
import { move, provide } from "./stock.ts";

const ANSWER_MS = 12 * 3_600_000;

/** What a packer would put into a parcel instead of some units of one of its lines. */
export type Proposing = {
  listing: number;
  missing: number;
  offer: number;
  quantity: number;
  isMisread: boolean;
};

const nameOf = ({ order, listing }: { order: number; listing: number }) => `${order}/${listing}`;

type Missing = { order: number; parcel: number; listing: number; missing: number };

/** What the sellers of a line have left, out of which something else can be bought for its buyer. */
function moneyFor(model: Model, of: Missing): { left: Give[] } | { refusal: string } {
  const payment = model.payments.findIndex((each) => each.order === of.order && each.isSale);
  if (payment < 0) return { refusal: "not-paid" };
  if (isDisputed(model, payment)) return { refusal: "payment-disputed" };
  const there = left(model, of.order, of.parcel).filter(
    (give) => give.line === nameOf(of) && !isKept(give),
  );
  if (there.length === 0) return { refusal: "unknown-line" };
  const fen = of.missing * at(model.listings, of.listing).priceFen;
  const most = Math.min(sumOf(there), refundable(model, payment));
  return fen > most ? { refusal: "more-than-left" } : { left: there };
}

/** The buyer is asked whether something else may come instead: it is held for her, and nothing else happens. */
export function propose(model: Model, index: number, asked: Proposing): string {
  const { listing, missing, offer, quantity } = asked;
  const { place, order, lines, line } = lineOf(model, index, { listing, much: 0 });
  if (missing === 0) return "quantity-invalid";
  const refused = refusal(model, index, order);
  if (refused) return refused;
  const own = model.substitutions.filter(
    ({ parcel, state }) => parcel === index && state === "open",
  );
  if (own.some((each) => each.listing === listing)) return "substitute-open";
  const { coop, status } = at(model.parcels, index);
  if (status === "packed") return "box-closed";
  if (line.lightFen !== undefined) return "weighed-already";
  if (missing > toSend(line)) return "not-so-many";
  const money = moneyFor(model, { order: place, parcel: index, listing, missing });
  if ("refusal" in money) return money.refusal;
  const offered = at(model.listings, offer);
  const isThere =
    lines.some((each) => each.listing === offer) ||
    own.some((each) => each.offered.listing === offer);
  // What is sold in cycles is brought on their day, and this parcel leaves on its own.
  const isInCycles = model.cycles.only.has(offer);
  if (offered.coop !== coop || offered.isPaused || isInCycles || isThere) return "offer-gone";
  if (asked.isMisread) return "offer-changed";
  const [missingFen, lineFen] = [missing * line.priceFen, quantity * offered.priceFen];
  if (lineFen > missingFen) return "too-dear";
  const feeFen = feeOf(lineFen, at(model.coops, coop).feeBasisPoints);
  const { priceFen, words } = offered;
  const sold = { listing: offer, quantity, priceFen, lineFen, feeFen, parcel: index, words };
  const parts = provide(model, sold, "held");
  if (!parts) return "not-in-stock";
  for (const part of parts) move(model, part, "available", "held", "held");
  model.substitutions.push({
    ...{ order: place, parcel: index, listing, missing, offered: { ...sold, parts } },
    ...{ backFen: missingFen - lineFen, answerBy: model.now + ANSWER_MS, state: "open" },
  });
  return `proposed ${missingFen - lineFen}`;
}

const holdsNoMore = (model: Model, parts: readonly Part[]) => {
  for (const part of parts) move(model, part, "held", "available", "released");
};

type End = Exclude<Substitution["state"], "open" | "accepted" | "dropped">;

/** Nothing replaces what is missing: its money goes back, of the last goods of a box with the box. */
function giveUp(model: Model, of: Substitution, state: End, isFound = false): string | null {
  const { order, parcel, listing, missing } = of;
  const money = moneyFor(model, of);
  const why = "refusal" in money ? money.refusal : null;
  if (why === "payment-disputed" && !isFound) return "order-stopped";
  holdsNoMore(model, of.offered.parts);
  of.state = state;
  if (isFound || why) return null;
  const { lines, line } = lineOf(model, parcel, { listing, much: 0 });
  if (missing === lines.reduce((sum, each) => sum + toSend(each), 0)) {
    if (!callParcelOff(model, parcel, true)) throw new Error("a box is not called off");
    return null;
  }
  const back = { kind: "quantity", listing, quantity: missing } as const;
  const asked = ask(model, { order, parcel, of: back, reason: "goods" });
  if (!("fen" in asked)) throw new Error(`what is missing is not given back: ${asked.refusal}`);
  takeShort(model, line, missing);
  return null;
}

/** What she said yes to is sold to her, out of what those who sold the missing goods give for it. */
function replace(model: Model, of: Substitution, there: readonly Give[]): void {
  const { order: index, parcel, listing, missing, offered, backFen } = of;
  const order = at(model.orders, index);
  const { slug } = at(model.coops, at(model.parcels, parcel).coop);
  takeShort(model, lineOf(model, parcel, { listing, much: 0 }).line, missing);
  for (const part of offered.parts) move(model, part, "held", "sold", "sold");
  order.lines.push({ ...offered, isInstead: true });
  const shares = share(
    offered.lineFen,
    there.map(({ fen }) => fen),
  );
  const given = there.map((give, place) => ({ ...give, fen: at(shares, place) }));
  const sold = { line: `${index}/${offered.listing}`, parcel };
  const got: Give[] = [
    { ...sold, account: `coop-fee:${slug}`, relief: "", fen: offered.feeFen },
    ...offered.parts.map(({ lot, fen }) => {
      const { code } = at(model.accounts, at(model.lots, lot).account);
      return { ...sold, account: `relief:${code}`, relief: code, fen };
    }),
  ];
  order.earned.push(...given.map((give) => ({ ...give, fen: -give.fen })), ...got);
  const kept = { account: `owed:${slug}`, line: nameOf(of), fen: offered.lineFen };
  book(model, [...given, { ...kept, fen: -kept.fen }]);
  book(model, [kept, ...got.map((give) => ({ ...give, fen: -give.fen }))]);
  of.state = "accepted";
  if (backFen === 0) return;
  const back = { kind: "amount", fen: backFen, listing } as const;
  const asked = ask(model, { order: index, parcel, of: back, reason: "goods" });
  if (!("fen" in asked)) throw new Error(`the difference is not given back: ${asked.refusal}`);
}

/** The buyer says yes or no, in time or not. */
export function answer(model: Model, index: number, isYes: boolean): string {
  const of = at(model.substitutions, index);
  const wanted = isYes ? "accepted" : "declined";
  if (of.state === wanted) return `${wanted} again`;
  if (of.state !== "open") return `answered ${of.state}`;
  if (STOPPED.includes(at(model.orders, of.order).status)) return "order-stopped";
  if (!isYes) return giveUp(model, of, "declined") ?? "declined new";
  if (of.answerBy <= model.now) return giveUp(model, of, "lapsed") ?? "too-late";
  if (at(model.listings, of.offered.listing).words !== of.offered.words) {
    return giveUp(model, of, "changed") ?? "offer-changed";
  }
  const money = moneyFor(model, of);
  if ("refusal" in money) return "order-stopped";
  replace(model, of, money.left);
  return "accepted new";
}

/** Its cooperative takes it back: the goods are there after all, or they are not. */
export function withdraw(model: Model, index: number, isFound: boolean): string {
  const of = at(model.substitutions, index);
  if (of.state === "withdrawn") return "withdrawn again";
  if (of.state !== "open") return `answered ${of.state}`;
  return giveUp(model, of, "withdrawn", isFound) ?? "withdrawn new";
}

/** Half a day goes by, and who has not answered by then gets her money back, unless a bank has it. */
export function lapse(model: Model, hours: number): string {
  model.now += hours * 3_600_000;
  const due = model.substitutions
    .filter((each) => each.state === "open" && each.answerBy <= model.now)
    .sort((one, other) => one.answerBy - other.answerBy);
  return `lapsed ${due.filter((each) => giveUp(model, each, "lapsed") === null).length}`;
}
