import { randomBytes } from "node:crypto";
import { sql, type Transaction } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";
import { type Posting, postTransaction } from "../ledger/post.ts";
import { recountParcelDays } from "../reports/recount-parcel-days.ts";
import type { SplitAsked } from "./divide-parcel.ts";
import type { ParcelStatus } from "./parcel-states.ts";
import type { InBox } from "./read-box.ts";
import { planMove } from "./split-rule.ts";

type Rest = {
  parcel: {
    id: string;
    order_id: string;
    cooperative_id: string;
    status: ParcelStatus;
    weight_grams: number;
  };
  box: readonly InBox[];
  asked: SplitAsked;
  part: number;
  userId: string;
  now: Date;
};

/** Of the 62 bits of a UUIDv7 that chance alone has made: how far beside another one may stand. */
const BESIDE = 2n ** 40n;
const LAST = 0xbfff_ffff_ffff_ffffn;

/** A new id that comes right after another: what is listed by id stands behind it. Pure but for chance. */
export function idBeside(id: string): string {
  const digits = id.replaceAll("-", "");
  const own = BigInt(`0x${digits.slice(16)}`);
  const most = LAST - own < BESIDE ? LAST - own : BESIDE;
  const step = randomBytes(8).readBigUInt64BE();
  const made = digits.slice(0, 16) + (own + 1n + (step % most)).toString(16).padStart(16, "0");
  return made.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Writes the rest of a parcel as a parcel of its own, with its lines, their lots, and in the ledger
 * under which line each fen now stands: what an account gets of the order stays as it was, to the fen.
 * All was looked at before; the caller holds the order's row and its parcels'.
 */
export async function writeRest(
  trx: Transaction<DB>,
  { parcel, box, asked, part, userId, now }: Rest,
): Promise<{ id: string; restId: string }> {
  const id = uuidv7();
  const restId = idBeside(parcel.id);
  const gramsOf = new Map(box.map((line) => [line.id, line.unitGrams]));
  const grams = asked.later.reduce(
    (sum, { orderLineId, units }) => sum + units * (gramsOf.get(orderLineId) ?? 0),
    0,
  );
  const status = parcel.status === "waiting" ? "waiting" : "accepted";
  await trx
    .insertInto("parcels")
    .values({
      ...{ id: restId, order_id: parcel.order_id, cooperative_id: parcel.cooperative_id },
      ...{ status, part, carries_freight: false, freight_fen: 0 },
      weight_grams: Math.max(1, grams),
    })
    .execute();
  await trx
    .updateTable("parcels")
    .set({ weight_grams: Math.max(1, parcel.weight_grams - grams), updated_at: now })
    .where("id", "=", parcel.id)
    .execute();
  await copySteps(trx, { from: parcel.id, to: restId });
  await recountParcelDays(trx, [parcel.id]);
  await trx
    .insertInto("parcel_splits")
    .values({
      ...{ id, order_id: parcel.order_id, parcel_id: parcel.id, rest_parcel_id: restId },
      ...{ reason: asked.reason, promised_on: asked.promisedOn },
      ...{ client_key: asked.clientKey, split_by: userId },
    })
    .execute();
  const postings: Posting[] = [];
  for (const { orderLineId, units } of asked.later) {
    const line = box.find((each) => each.id === orderLineId);
    if (!line) throw new Error(`line ${orderLineId} is gone`);
    postings.push(...(await moveLine(trx, id, line, units)));
  }
  await untick(trx, restId);
  if (postings.length === 0) return { id, restId };
  const posted = await postTransaction(trx, {
    ...{ kind: "split", causeType: "order", causeId: parcel.order_id },
    ...{ idempotencyKey: `split:${id}`, occurredAt: now, postings },
  });
  if (!posted.ok) throw new Error(`split ${id} is ${posted.reason}`);
  return { id, restId };
}

/** Moves a line, or some units of it; answers what moves in the ledger: of a whole line nothing. */
async function moveLine(
  trx: Transaction<DB>,
  splitId: string,
  line: InBox,
  units: number,
): Promise<Posting[]> {
  const isAll = units === line.toSend;
  const made = isAll ? null : uuidv7();
  const plan = isAll ? { feeFen: 0, parts: [] } : planMove(line, units);
  const parts = plan.parts.map((part) => ({ ...part, made: uuidv7() }));
  await sql`select move_to_rest(${splitId}::uuid, ${line.id}::uuid, ${made}::uuid, ${units}::int,
    ${plan.feeFen}::bigint, ${JSON.stringify(parts)}::jsonb)`.execute(trx);
  const sums = new Map<string, Posting>();
  const add = (account: string, fen: number, reliefAccountId: string | null) =>
    sums.set(account, { account, reliefAccountId, fen: (sums.get(account)?.fen ?? 0) + fen });
  for (const { id, fen } of plan.parts) {
    const of = line.parts.find((part) => part.id === id);
    if (of) add(of.account, fen, of.reliefAccountId);
  }
  add(line.feeAccount, plan.feeFen, null);
  return [...sums.values()]
    .filter(({ fen }) => fen > 0)
    .flatMap((of) => [
      { ...of, orderLineId: line.id },
      { ...of, orderLineId: made, fen: -of.fen },
    ]);
}

/** What was done to all of it was done to the rest as well, but that nothing of it is in a box. */
async function copySteps(
  trx: Transaction<DB>,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const steps = await trx
    .selectFrom("parcel_events")
    .select(["kind", "by_user_id", "occurred_at"])
    .where("parcel_id", "=", from)
    .where("kind", "in", ["waiting", "accepted"])
    .orderBy("occurred_at")
    .execute();
  if (steps.length === 0) return;
  await trx
    .insertInto("parcel_events")
    .values(steps.map((step) => ({ ...step, id: uuidv7(), parcel_id: to })))
    .execute();
}

/** What is sent later is in no box yet. */
async function untick(trx: Transaction<DB>, restId: string): Promise<void> {
  await sql`delete from parcel_ticks t using order_lines l
    where l.id = t.order_line_id and l.parcel_id = ${restId}`.execute(trx);
}
