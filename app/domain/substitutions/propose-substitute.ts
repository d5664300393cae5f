import type { Kysely, Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { type LineInHand, type LineRefusal, lockLine } from "../parcels/lock-line.ts";
import { isBoxOpen } from "../parcels/parcel-states.ts";
import { type BuyersNote, noteFor } from "../parcels/reason-rule.ts";
import { type PlannedMissing, planMissing } from "../payments/plan-missing.ts";
import type { LossReason } from "../stock/loss-reasons.ts";
import { holdOffer, type LockedOffer, lockOffer } from "./hold-offer.ts";
import { answerBy, mostUnits, type Shown } from "./substitution-rule.ts";
import { tellSubstitute } from "./tell-substitute.ts";

export type SubstituteAsked = {
  parcelId: string;
  orderLineId: string;
  /** How many sale units of the line are not there, and why. */
  missing: number;
  reason: LossReason;
  listingId: string;
  quantity: number;
  /** What one unit of the offer was shown to cost. */
  seenPriceFen: number;
  clientKey: string;
  /** What the buyer reads with the money that goes back: of all of it, and of the difference. */
  note?: BuyersNote;
  differenceNote?: BuyersNote;
  now?: Date;
};

export type ProposedSubstitute =
  | { ok: true; substitutionId: string; backFen: number; answerBy: Date; isNew: boolean }
  | {
      ok: false;
      reason:
        | LineRefusal
        | "quantity-invalid"
        | "weighed-already"
        | "taken-before"
        | "substitute-open"
        | "box-closed"
        | "offer-gone"
        | "offer-changed";
    }
  | { ok: false; reason: "not-so-many"; units: number }
  | { ok: false; reason: "too-dear"; most: number }
  | { ok: false; reason: "not-in-stock"; available: number }
  | Extract<PlannedMissing, { ok: false }>;

const isCount = (count: number) => Number.isSafeInteger(count) && count >= 1;

/**
 * Asks the buyer whether something else of the scope's cooperative may replace what is not there of a
 * line of hers: nothing is replaced without her yes, which may come within ANSWER_HOURS; until then the
 * goods are held in their lots. It never costs her more than she paid for what is missing. She is asked by
 * one text message and on her order's page, and both show her what is kept here, whatever becomes of
 * the offer. While she is asked, the parcel is not packed, and the line not said short or weighed. The
 * same `clientKey` again is the same proposal (`isNew: false`).
 *
 * Fails, writing nothing, as lockLine and planMissing do, and with "quantity-invalid" (no whole number
 * above none), "not-so-many" (of the line), "weighed-already", "substitute-open" (she is asked already),
 * "box-closed", "offer-gone" (another's, not on sale now, or in the parcel already), "offer-changed" (its
 * price is not `seenPriceFen`), "too-dear" (with how many the money buys), "not-in-stock" and
 * "taken-before" (by the same key something else). Locks the order's row, its parcels by id, the offer's
 * listing, then its lots by id.
 */
export async function proposeSubstitute(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: SubstituteAsked,
): Promise<ProposedSubstitute> {
  if (!isCount(asked.missing) || !isCount(asked.quantity)) {
    return { ok: false, reason: "quantity-invalid" };
  }
  return db.transaction().execute(async (trx): Promise<ProposedSubstitute> => {
    const locked = await lockLine(trx, scope, asked);
    if (!locked.ok) return locked;
    const { line } = locked;
    const before = await readBefore(trx, asked);
    if (before) return before;
    if (line.isAsked) return { ok: false, reason: "substitute-open" };
    if (!isBoxOpen(line.status)) return { ok: false, reason: "box-closed" };
    if (line.lightFen !== null) return { ok: false, reason: "weighed-already" };
    const { orderLineId, missing, listingId, quantity } = asked;
    if (missing > line.units) return { ok: false, reason: "not-so-many", units: line.units };
    const money = await planMissing(trx, {
      ...{ orderId: line.orderId, parcelId: asked.parcelId, orderLineId, quantity: missing },
    });
    if (!money.ok) return money;
    const offer = await lockOffer(trx, { orderLineId, listingId });
    if (!offer) return { ok: false, reason: "offer-gone" };
    const { unitPriceFen } = offer.offered;
    if (unitPriceFen !== asked.seenPriceFen) return { ok: false, reason: "offer-changed" };
    const most = mostUnits(missing * line.unitPriceFen, unitPriceFen);
    if (quantity > most) return { ok: false, reason: "too-dear", most };
    return write(trx, scope, asked, line, offer);
  });
}

async function readBefore(
  trx: Transaction<DB>,
  asked: SubstituteAsked,
): Promise<ProposedSubstitute | null> {
  const before = await trx
    .selectFrom("substitutions")
    .where("parcel_id", "=", asked.parcelId)
    .where("client_key", "=", asked.clientKey)
    .select(["id", "order_line_id", "missing_units", "reason", "listing_id", "quantity"])
    .select(["missing_fen", "unit_price_fen", "answer_by"])
    .executeTakeFirst();
  if (!before) return null;
  const isSame =
    before.order_line_id === asked.orderLineId &&
    before.missing_units === asked.missing &&
    before.reason === asked.reason &&
    before.listing_id === asked.listingId &&
    before.quantity === asked.quantity;
  if (!isSame) return { ok: false, reason: "taken-before" };
  const backFen = before.missing_fen - before.quantity * before.unit_price_fen;
  const until = before.answer_by as Date;
  return { ok: true, substitutionId: before.id, backFen, answerBy: until, isNew: false };
}

async function write(
  trx: Transaction<DB>,
  { userId }: CoopScope,
  asked: SubstituteAsked,
  line: LineInHand,
  offer: LockedOffer,
): Promise<ProposedSubstitute> {
  const { parcelId, orderLineId, missing, reason, listingId, quantity, clientKey } = asked;
  const { unitPriceFen } = offer.offered;
  const [missingFen, fen] = [missing * line.unitPriceFen, quantity * unitPriceFen];
  const { feeBasisPoints } = offer;
  const held = await holdOffer(trx, { listingId, quantity, fen, feeBasisPoints });
  if (!held.ok) return held;
  const shown: Shown = {
    missing: { ...offer.missing, units: missing, fen: missingFen },
    offered: { ...offer.offered, quantity, fen, households: held.households },
    backFen: missingFen - fen,
  };
  const id = uuidv7();
  const until = answerBy(asked.now ?? new Date());
  const said = {
    ...{ order_line_id: orderLineId, missing_units: missing, missing_fen: missingFen, reason },
    ...{ listing_id: listingId, quantity, unit_price_fen: unitPriceFen },
  };
  const noteOf = (note?: BuyersNote) => noteFor(line.locale, note) ?? "";
  await trx
    .insertInto("substitutions")
    .values({
      ...{ id, order_id: line.orderId, parcel_id: parcelId, ...said, shown: JSON.stringify(shown) },
      ...{ note: noteOf(asked.note), difference_note: noteOf(asked.differenceNote) },
      ...{ answer_by: until, asked_by: userId, client_key: clientKey },
    })
    .execute();
  await trx
    .insertInto("substitution_lots")
    .values(
      held.lots.map((lot) => ({
        ...{ substitution_id: id, lot_id: lot.lotId, relief_account_id: lot.reliefAccountId },
        ...{ quantity: lot.quantity, fen: lot.fen },
      })),
    )
    .execute();
  await noteAct(trx, {
    ...{ actor: userId, action: "parcel.substitute-asked" },
    ...{ subject: { type: "parcel", id: parcelId }, after: { substitution_id: id, ...said } },
  });
  await tellSubstitute(trx, id);
  return { ok: true, substitutionId: id, backFen: missingFen - fen, answerBy: until, isNew: true };
}
