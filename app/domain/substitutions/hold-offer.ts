import { sql, type Transaction } from "kysely";
import { validate as isUuid } from "uuid";
import { queueIndexing } from "#app/domain/queue/queue-job.ts";
import type { DB } from "#db/schema.d.ts";
import { allocate, type OpenLot } from "../orders/allocate.ts";
import { splitLine } from "../orders/split-line.ts";
import { MAY_REPLACE, OFFER_PHOTO } from "./list-offers.ts";
import type { Missing, Offered } from "./substitution-rule.ts";

export type LockedOffer = {
  missing: Omit<Missing, "units" | "fen">;
  offered: Omit<Offered, "quantity" | "fen" | "households">;
  feeBasisPoints: number;
};

/**
 * What a line is of and what may replace something of it; null where that may not. Locks the offer's
 * listing, so that its words and its price stay until the transaction ends.
 */
export async function lockOffer(
  trx: Transaction<DB>,
  { orderLineId, listingId }: { orderLineId: string; listingId: string },
): Promise<LockedOffer | null> {
  if (!isUuid(listingId)) return null;
  const { rows } = await sql<LockedOffer>`
    select jsonb_build_object('titleZh', n.title_zh, 'titleEn', n.title_en, 'grade', n.grade,
        'unit', n.unit, 'unitGrams', n.unit_grams) as missing,
      jsonb_build_object('listingId', l.id, 'titleZh', l.title_zh, 'titleEn', l.title_en,
        'grade', l.grade, 'unit', l.unit, 'unitGrams', l.unit_grams,
        'unitPriceFen', l.price_fen, 'photoId', ${OFFER_PHOTO}) as offered,
      n.fee_basis_points as "feeBasisPoints"
    from order_lines n join listings l on ${MAY_REPLACE}
    where n.id = ${orderLineId} and l.id = ${listingId} for no key update of l`.execute(trx);
  return rows[0] ?? null;
}

type Lot = OpenLot & { reliefAccountId: string } & Omit<Offered["households"][number], "quantity">;

export type HeldLots =
  | { ok: true; households: Offered["households"]; lots: HeldLot[] }
  | { ok: false; reason: "not-in-stock"; available: number };
export type HeldLot = { lotId: string; reliefAccountId: string; quantity: number; fen: number };

/**
 * Holds so many units of a listing in its lots, oldest harvest first, and splits their price as a sale
 * does. Fails with "not-in-stock", holding nothing. The caller holds the listing's row; its lots are
 * locked after it, by id.
 */
export async function holdOffer(
  trx: Transaction<DB>,
  asked: { listingId: string; quantity: number; fen: number; feeBasisPoints: number },
): Promise<HeldLots> {
  const { listingId, quantity, fen, feeBasisPoints } = asked;
  const { rows } = await sql<Lot>`
    select t.id, t.harvested_on as "harvestedOn", t.available,
      t.relief_account_id as "reliefAccountId", h.alias_zh as "aliasZh", h.alias_en as "aliasEn",
      h.village_zh as "villageZh", h.village_en as "villageEn"
    from lots t join households h on h.id = t.household_id
    where t.listing_id = ${listingId} order by t.id for update of t`.execute(trx);
  const allocated = allocate(rows, quantity);
  if (!allocated.ok) {
    return { ok: false, reason: "not-in-stock", available: allocated.available };
  }
  const { shares } = allocated;
  const { shareFen } = splitLine({
    ...{ lineFen: fen, feeBasisPoints },
    quantities: shares.map((share) => share.quantity),
  });
  const lots = shares.map(({ lot, quantity: taken }, index) => ({
    ...{ lotId: lot.id, reliefAccountId: lot.reliefAccountId },
    ...{ quantity: taken, fen: shareFen[index] ?? 0 },
  }));
  await sql`
    update lots set available = available - h.quantity, held = held + h.quantity
    from jsonb_to_recordset(${JSON.stringify(lots)}::jsonb) as h ("lotId" uuid, quantity integer)
    where lots.id = h."lotId"`.execute(trx);
  await queueIndexing(trx, listingId);
  const households = shares.map(({ lot, quantity: units }) => ({
    ...{ aliasZh: lot.aliasZh, aliasEn: lot.aliasEn, quantity: units },
    ...{ villageZh: lot.villageZh, villageEn: lot.villageEn },
  }));
  return { ok: true, households, lots };
}
