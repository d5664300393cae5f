/** A lot as allocation sees it: what is free, and what decides whose turn it is. */
export type OpenLot = { id: string; harvestedOn: string; available: number };

export type LotShare<Lot extends OpenLot = OpenLot> = { lot: Lot; quantity: number };

export type Allocated<Lot extends OpenLot> =
  | { ok: true; shares: LotShare<Lot>[] }
  | { ok: false; reason: "insufficient-stock"; available: number };

/** Oldest harvest first: it spoils first. Lots of one day by id, which is the order they came in. */
export function byTurn(a: OpenLot, b: OpenLot): number {
  if (a.harvestedOn !== b.harvestedOn) return a.harvestedOn < b.harvestedOn ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/**
 * Says which lots provide a quantity of sale units: each lot in its turn gives all it has until
 * the quantity is reached. Refuses with what there is when the lots together hold too little.
 */
export function allocate<Lot extends OpenLot>(
  lots: readonly Lot[],
  quantity: number,
): Allocated<Lot> {
  const shares: LotShare<Lot>[] = [];
  let wanted = quantity;
  for (const lot of lots.toSorted(byTurn)) {
    const taken = Math.min(wanted, lot.available);
    if (taken > 0) shares.push({ lot, quantity: taken });
    wanted -= taken;
  }
  if (wanted > 0) return { ok: false, reason: "insufficient-stock", available: quantity - wanted };
  return { ok: true, shares };
}
