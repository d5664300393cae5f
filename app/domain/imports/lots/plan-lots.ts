import { v7 as uuidv7 } from "uuid";
import { doubtQuantity } from "#app/domain/listings/doubt-quantity.ts";
import { stockProblems } from "#app/domain/listings/offer-rules.ts";
import { KNOWN, TAKE, type Verdict, wrong } from "../faults.ts";
import type { ImportRow, LotValue } from "../understand.ts";
import { lineKey, type StockListing, type StockLot } from "./read-stock.ts";

/** What one line does to the stock. */
export type LotMove = {
  listingId: string;
  householdId: string;
  lotId: string;
  quantity: number;
  before: number;
  after: number;
  clientKey: string;
  /** The listing's day until now, where it tells this harvest's from here on. */
  harvestBefore: string | null;
  harvestedOn: string;
};

export type LotPlan = {
  verdicts: Verdict[];
  moves: LotMove[];
  newLots: (StockLot & { listingId: string; householdId: string; quantity: number })[];
};

type Own = StockListing & { householdId: string };

function faultOf(listing: Own, value: LotValue, now: Date): Verdict | null {
  const { added, harvestedOn } = value;
  if (listing.status === "withdrawn") return wrong("listing", "listing-withdrawn");
  if (listing.status === "draft") return wrong("listing", "not-agreed");
  const problems = stockProblems({ quantity: added, harvestedOn }, now);
  const faults = [
    ...(problems.quantity ? [{ column: "added", fault: problems.quantity } as const] : []),
    ...(problems.harvestedOn
      ? [{ column: "harvestedOn", fault: problems.harvestedOn } as const]
      : []),
  ] as Extract<Verdict, { verdict: "wrong" }>["faults"];
  if (faults.length > 0) return { verdict: "wrong", faults };
  const { presaleLimit, promised, mostOnSale, onSale, quantityIn, unitGrams } = listing;
  if (presaleLimit !== null && added > presaleLimit - promised)
    return wrong("added", "presale-full");
  if (added > mostOnSale - onSale) return wrong("added", "beyond-agreed");
  if (doubtQuantity({ available: onSale, quantityIn, unitGrams }, added)) {
    return wrong("added", "quantity-doubted");
  }
  return null;
}

/**
 * What becomes of lines that bring more of households' own listings on sale, by the rules of
 * restock-listing.ts, each after those before it: the room that one takes is not the next one's. What
 * a form would only ask about (doubt-quantity.ts) is refused: nobody looks at ten thousand lines one
 * by one. The stock given is moved along. Pure.
 */
export function planLots(
  { listings, taken }: { listings: Map<string, StockListing>; taken: Set<string> },
  rows: readonly ImportRow<"lots">[],
  now: Date,
): LotPlan {
  const plan: LotPlan = { verdicts: [], moves: [], newLots: [] };
  for (const { value, faults, key } of rows) {
    const judge = (): Verdict => {
      if (!value) return { verdict: "wrong", faults };
      const listing = listings.get(value.listing);
      if (!listing) return wrong("listing", "listing-unknown");
      const { householdId } = listing;
      if (!householdId) return wrong("listing", "listing-pooled");
      const clientKey = lineKey(householdId, key);
      if (taken.has(clientKey)) return KNOWN;
      const own = { ...listing, householdId };
      const fault = faultOf(own, value, now);
      if (fault) return fault;
      bringIn(plan, listing, { householdId, value, clientKey });
      return TAKE;
    };
    plan.verdicts.push(judge());
  }
  return plan;
}

function bringIn(
  plan: LotPlan,
  listing: StockListing,
  { householdId, value, clientKey }: { householdId: string; value: LotValue; clientKey: string },
): void {
  const { id: listingId, onSale, harvestedOn: dayBefore, lots } = listing;
  const { added: quantity, harvestedOn } = value;
  const lot = lots.find((each) => each.harvestedOn === harvestedOn) ?? newLot(listing, harvestedOn);
  const isNew = plan.newLots.find((each) => each.id === lot.id);
  if (isNew) isNew.quantity += quantity;
  else if (!lots.includes(lot)) {
    plan.newLots.push({ ...lot, listingId, householdId, quantity });
    lots.push(lot);
  }
  plan.moves.push({
    ...{ listingId, householdId, lotId: lot.id, quantity, clientKey, harvestedOn },
    ...{ before: onSale, after: onSale + quantity },
    harvestBefore: onSale === 0 && dayBefore !== harvestedOn ? dayBefore : null,
  });
  if (onSale === 0) listing.harvestedOn = harvestedOn;
  listing.onSale += quantity;
  listing.quantityIn += quantity;
  listing.promised += quantity;
}

function newLot({ id, lots }: StockListing, harvestedOn: string): StockLot {
  const latest = lots.at(-1);
  if (!latest) throw new Error(`listing ${id} has no lot of its own household`);
  return { id: uuidv7(), harvestedOn, reliefAccountId: latest.reliefAccountId };
}
