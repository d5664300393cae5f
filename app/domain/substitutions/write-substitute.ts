import { sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { postTransaction } from "../ledger/post.ts";
import { salePostings } from "../ledger/sale-postings.ts";
import { splitLine } from "../orders/split-line.ts";
import { shareOut } from "../payments/plan-missing.ts";
import type { LeftPart } from "../payments/plan-refund.ts";
import { recountParcelDays } from "../reports/recount-parcel-days.ts";
import { takeShort } from "../stock/take-short.ts";
import type { LockedSubstitution } from "./lock-substitution.ts";

type Line = { slug: string; feeBasisPoints: number; unitGrams: number };
type Held = {
  id: string;
  lotId: string;
  reliefAccountId: string;
  reliefAccountCode: string;
  quantity: number;
  fen: number;
};

/**
 * Writes what a buyer said yes to: the line that replaces what is missing, with the lots that were held for
 * it, the missing goods out of stock, and in the ledger first what those who sold them give for it (as of a
 * refund, in proportion to what they have left), kept for the buyer, and then its sale out of just that:
 * each fen to the household that supplies it. `left` is what the line's sellers have left. Answers of the
 * new line. The caller holds the order's row, its parcels', the listings' and the lots'.
 */
export async function writeSubstitute(
  trx: Transaction<DB>,
  substitution: LockedSubstitution,
  { left, now }: { left: readonly LeftPart[]; now: Date },
): Promise<string> {
  const { id, parcelId, orderLineId, quantity, unitPriceFen } = substitution;
  const line = await readLine(trx, orderLineId);
  const lots = await readHeld(trx, id);
  const fen = quantity * unitPriceFen;
  const newLineId = uuidv7();
  const { feeBasisPoints } = line;
  const { feeFen } = splitLine({ lineFen: fen, feeBasisPoints, quantities: [1] });
  await insertLine(trx, substitution, { newLineId, feeFen });
  await insertLots(trx, newLineId, lots);
  await takeShort(trx, {
    ...{ shortageId: id, parcelId, orderLineId, quantity: substitution.missingUnits },
    ...{ reason: substitution.reason, userId: substitution.askedBy },
  });
  await weighAnew(trx, substitution, { line, now });
  const kept = { account: `owed:${line.slug}`, orderLineId };
  const given = shareOut(left, fen);
  await trx
    .insertInto("substitution_parts")
    .values(
      given.map((part) => ({
        ...{ id: uuidv7(), substitution_id: id, account_code: part.account },
        ...{ relief_account_id: part.reliefAccountId, fen: part.fen },
      })),
    )
    .execute();
  const parts = given.map(({ account, reliefAccountId, fen: partFen }) => ({
    ...{ account, reliefAccountId, orderLineId, fen: partFen },
  }));
  const sold = { orderLineId: newLineId, cooperativeSlug: line.slug, feeFen, allocations: lots };
  const [paid, ...credits] = salePostings({ freight: [], lines: [sold] });
  if (paid?.fen !== fen) throw new Error(`the parts of substitution ${id} are not ${fen} fen`);
  const of = { causeType: "order", causeId: substitution.orderId, occurredAt: now } as const;
  const posted = [
    await postTransaction(trx, {
      ...{ ...of, kind: "refund", idempotencyKey: `substituted:${id}` },
      postings: [...parts, { ...kept, fen: -fen }],
    }),
    await postTransaction(trx, {
      ...{ ...of, kind: "sale", idempotencyKey: `substitute:${id}` },
      postings: [{ ...kept, fen }, ...credits],
    }),
  ];
  if (posted.some(({ ok }) => !ok)) throw new Error(`substitution ${id} does not balance`);
  return newLineId;
}

async function readLine(trx: Transaction<DB>, orderLineId: string): Promise<Line> {
  const { rows } = await sql<Line>`
    select c.slug, l.fee_basis_points as "feeBasisPoints", l.unit_grams as "unitGrams"
    from order_lines l join cooperatives c on c.id = l.cooperative_id
    where l.id = ${orderLineId}`.execute(trx);
  const [line] = rows;
  if (!line) throw new Error(`line ${orderLineId} is gone`);
  return line;
}

async function readHeld(trx: Transaction<DB>, id: string): Promise<Held[]> {
  const { rows } = await sql<Omit<Held, "id">>`
    select h.lot_id as "lotId", h.relief_account_id as "reliefAccountId",
      r.code as "reliefAccountCode", h.quantity, h.fen
    from substitution_lots h join relief_accounts r on r.id = h.relief_account_id
    where h.substitution_id = ${id} order by h.lot_id`.execute(trx);
  return rows.map((lot) => ({ id: uuidv7(), ...lot }));
}

async function insertLine(
  trx: Transaction<DB>,
  { id, orderId, parcelId, orderLineId, shown: { offered } }: LockedSubstitution,
  { newLineId, feeFen }: { newLineId: string; feeFen: number },
): Promise<void> {
  await sql`
    insert into order_lines (id, order_id, parcel_id, listing_id, cooperative_id, title_zh, title_en,
      grade, unit, unit_grams, quantity, unit_price_fen, line_fen, fee_basis_points, fee_fen,
      substitution_id)
    select ${newLineId}::uuid, ${orderId}::uuid, ${parcelId}::uuid, ${offered.listingId}::uuid,
      l.cooperative_id, ${offered.titleZh}, ${offered.titleEn}, ${offered.grade}, ${offered.unit},
      ${offered.unitGrams}::int, ${offered.quantity}::int, ${offered.unitPriceFen}::bigint,
      ${offered.fen}::bigint, l.fee_basis_points, ${feeFen}::bigint, ${id}::uuid
    from order_lines l where l.id = ${orderLineId}`.execute(trx);
}

async function insertLots(
  trx: Transaction<DB>,
  newLineId: string,
  lots: readonly Held[],
): Promise<void> {
  const rows = lots.map(({ id, lotId, reliefAccountId, quantity, fen }) => ({
    ...{ id, order_line_id: newLineId, lot_id: lotId, relief_account_id: reliefAccountId },
    ...{ quantity, fen, state: "sold" },
  }));
  await trx.insertInto("allocations").values(rows).execute();
  await sql`
    update lots set held = held - h.quantity, sold = sold + h.quantity
    from jsonb_to_recordset(${JSON.stringify(lots)}::jsonb) as h ("lotId" uuid, quantity integer)
    where lots.id = h."lotId"`.execute(trx);
}

/** The box weighs what is in it now. */
async function weighAnew(
  trx: Transaction<DB>,
  { parcelId, missingUnits, quantity, shown: { offered } }: LockedSubstitution,
  { line, now }: { line: Line; now: Date },
): Promise<void> {
  const more = quantity * offered.unitGrams - missingUnits * line.unitGrams;
  await sql`
    update parcels set weight_grams = greatest(1, weight_grams + ${more}::bigint),
      updated_at = ${now} where id = ${parcelId}`.execute(trx);
  await recountParcelDays(trx, [parcelId]);
}
