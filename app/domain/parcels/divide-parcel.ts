import { type Kysely, sql, type Transaction } from "kysely";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { noteAct } from "../audit/note-act.ts";
import { dayBounds } from "../calendar/day-bounds.ts";
import { shanghaiDay } from "../calendar/day-rule.ts";
import { isAsked } from "../substitutions/is-asked.ts";
import { lockParcel } from "./lock-parcel.ts";
import { stoppedOrderStatuses } from "./paid-orders.ts";
import { hasLeft } from "./parcel-states.ts";
import { type InBox, readBox } from "./read-box.ts";
import { MOST_PARTS, promisableDays, type RestReason } from "./split-rule.ts";
import { tellSplit } from "./tell-split.ts";
import { unitsToSend } from "./units-to-send.ts";
import { writeRest } from "./write-rest.ts";

export type LaterGoods = { orderLineId: string; units: number };

export type SplitAsked = {
  parcelId: string;
  later: readonly LaterGoods[];
  /** How many sale units the whole parcel was shown to hold. */
  shownUnits: number;
  reason: RestReason;
  /** By which day in Shanghai the rest leaves at the latest, "2026-11-26". */
  promisedOn: string;
  clientKey: string;
  /** The reason in the buyer's words, by her language. */
  note?: { zh: string; en: string };
  now?: Date;
};

export type SplitRefusal =
  | "parcel-not-found"
  | "already-shipped"
  | "parcel-cancelled"
  | "order-stopped"
  | "parcel-changed"
  | "too-many-parts"
  | "day-invalid"
  | "nothing-now"
  | "nothing-later"
  | "substitute-open"
  | "taken-before";

export type DividedParcel =
  | { ok: true; restParcelId: string; isNew: boolean }
  | { ok: false; reason: SplitRefusal }
  /** Of which line: it has fewer, or can only go as a whole. */
  | {
      ok: false;
      reason: "unknown-line" | "not-so-many" | "weighed-already" | "given-back";
      orderLineId: string;
    };

/**
 * Sends a part of a parcel of the scope's cooperative later: what is there stays in this parcel, with
 * its labels and its page, and the rest becomes a parcel of its own, which keeps the place on the board,
 * waits to be packed and is promised by a day. A line goes later altogether, or in units: then it is
 * two lines from then on, each with its own lots, fee and fen (split-rule.ts), so that a shortage, a
 * weighing, a claim or a refund of either is its own. The freight was paid once and stays with the
 * first. The buyer is told by one text message. The same `clientKey` again is the same split
 * (`isNew: false`).
 *
 * Fails, writing nothing, with "parcel-not-found" (unknown, another's, or of an order not paid),
 * "already-shipped", "parcel-cancelled", "order-stopped", "substitute-open" (its buyer is asked what may
 * replace something of it), "parcel-changed" (a colleague split it or said something short meanwhile), "nothing-now", "nothing-later", "unknown-line", "not-so-many",
 * "day-invalid" (past, or too far), "too-many-parts"; of a line that is to be divided
 * "weighed-already", or "given-back" (money of it went back, and nobody can say of which half); and
 * "taken-before" (by the same key something else). Locks the order's row, its parcels by id, then the
 * lines that are divided with their allocations.
 */
export async function divideParcel(
  db: Kysely<DB>,
  scope: CoopScope,
  asked: SplitAsked,
): Promise<DividedParcel> {
  return db.transaction().execute(async (trx): Promise<DividedParcel> => {
    const locked = await lockParcel(trx, scope, asked.parcelId);
    if (!locked) return { ok: false, reason: "parcel-not-found" };
    const before = await readBefore(trx, asked);
    if (before) return before;
    const { parcel, siblings, order } = locked;
    if (parcel.status === "cancelled") return { ok: false, reason: "parcel-cancelled" };
    if (hasLeft(parcel.status)) return { ok: false, reason: "already-shipped" };
    if (stoppedOrderStatuses.includes(order.status)) return { ok: false, reason: "order-stopped" };
    if (await isAsked(trx, parcel.id)) return { ok: false, reason: "substitute-open" };
    const parts = siblings.filter((each) => each.cooperative_id === parcel.cooperative_id);
    if (parts.length >= MOST_PARTS) return { ok: false, reason: "too-many-parts" };
    const box = await readBox(trx, { orderId: order.id, parcelId: parcel.id });
    const refused = refuse(box, asked);
    if (refused) return refused;
    const { id: splitId, restId } = await writeRest(trx, {
      ...{ parcel: { ...parcel, order_id: order.id }, box, asked, userId: scope.userId },
      part: Math.max(...parts.map(({ part }) => part)) + 1,
      now: asked.now ?? new Date(),
    });
    await noteAct(trx, {
      ...{
        actor: scope.userId,
        action: "parcel.split",
        subject: { type: "parcel", id: parcel.id },
      },
      before: { units: asked.shownUnits },
      after: {
        ...{ split_id: splitId, rest_parcel_id: restId, lines: unitsOf(asked) },
        ...{ reason: asked.reason, promised_on: asked.promisedOn },
      },
    });
    await tellSplit(trx, { splitId, note: asked.note });
    return { ok: true, restParcelId: restId, isNew: true };
  });
}

/** Line by line how many units go later. */
const unitsOf = ({ later }: SplitAsked) =>
  Object.fromEntries(later.map(({ orderLineId, units }) => [orderLineId, units]));

/** What was split by the same key; null for nothing yet. */
async function readBefore(trx: Transaction<DB>, asked: SplitAsked): Promise<DividedParcel | null> {
  const { rows } = await sql<{ restId: string; isSame: boolean }>`
    select s.rest_parcel_id as "restId", s.reason = ${asked.reason}
      and s.promised_on::text = ${asked.promisedOn} and (
        select jsonb_object_agg(l.order_line_id, l.units) from split_lines l where l.split_id = s.id
      ) = ${JSON.stringify(unitsOf(asked))}::jsonb
      as "isSame"
    from parcel_splits s
    where s.parcel_id = ${asked.parcelId} and s.client_key = ${asked.clientKey}`.execute(trx);
  const [before] = rows;
  if (!before) return null;
  return before.isSame
    ? { ok: true, restParcelId: before.restId, isNew: false }
    : { ok: false, reason: "taken-before" };
}

function refuse(
  box: readonly InBox[],
  asked: SplitAsked,
): Exclude<DividedParcel, { ok: true }> | null {
  const units = unitsToSend(box);
  const later = asked.later.reduce((sum, line) => sum + line.units, 0);
  if (units !== asked.shownUnits) return { ok: false, reason: "parcel-changed" };
  const { first, last } = promisableDays(shanghaiDay(asked.now ?? new Date()));
  const { promisedOn } = asked;
  if (!dayBounds(promisedOn) || promisedOn < first || promisedOn > last) {
    return { ok: false, reason: "day-invalid" };
  }
  if (later === 0) return { ok: false, reason: "nothing-later" };
  for (const { orderLineId, units: moved } of asked.later) {
    const line = box.find(({ id }) => id === orderLineId);
    const isTwice = asked.later.filter((each) => each.orderLineId === orderLineId).length > 1;
    if (!line || isTwice) return { ok: false, reason: "unknown-line", orderLineId };
    if (!Number.isSafeInteger(moved) || moved < 1 || moved > line.toSend) {
      return { ok: false, reason: "not-so-many", orderLineId };
    }
    if (moved === line.toSend) continue;
    if (line.isWeighed) return { ok: false, reason: "weighed-already", orderLineId };
    if (!line.isWhole) return { ok: false, reason: "given-back", orderLineId };
  }
  return later === units ? { ok: false, reason: "nothing-now" } : null;
}
