import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import {
  keepTracking,
  readKeptTracking,
  startTracking,
} from "#app/domain/parcels/tracking/keep-tracking.ts";
import { readTracking } from "#app/domain/parcels/tracking/read-tracking.ts";
import type { DB } from "#db/schema.d.ts";
import { makePaidOrder } from "./paid-orders.ts";
import { makeCooperative, makeHousehold } from "./people.ts";
import { coopScope } from "./scopes.ts";

/** How the columns of a table of tracking numbers are headed. */
export const TRACKING_HEAD = "订单号,快递公司,快递单号\n";

export type PackingCoop = Awaited<ReturnType<typeof makePackingCoop>>;

/** A cooperative with one household and one packer. */
export async function makePackingCoop(db: Kysely<DB>) {
  const { id: cooperativeId, ...cooperative } = await makeCooperative(db);
  const home = await makeHousehold(db, { cooperative: { id: cooperativeId, ...cooperative } });
  const userId = `packer-${uuidv7()}`;
  const member = { id: uuidv7(), cooperative_id: cooperativeId, user_id: userId, role: "packer" };
  await db.insertInto("cooperative_members").values(member).execute();
  return { home, scope: coopScope({ userId, cooperativeId }) };
}

/** A paid order of it, packed. */
export async function makeBox(
  db: Kysely<DB>,
  { home, scope }: PackingCoop,
  { isPacked = true, recipient = "王小明" } = {},
) {
  const order = await makePaidOrder(db, [[home]], { recipient });
  const parcelId = order.parcels[0]?.id ?? "";
  if (isPacked) {
    await acceptParcel(db, scope, { parcelId });
    await packParcel(db, scope, { parcelId });
  }
  return { number: order.number, orderId: order.id, parcelId };
}

/** What is understood of a file. */
export async function trackingRows(file: string | Uint8Array) {
  const read = await readTracking(Buffer.from(file));
  if (!read.ok) throw new Error(read.reason);
  return read.rows;
}

/** A file, kept as the page keeps it. */
export async function keepNumbers(db: Kysely<DB>, { scope }: PackingCoop, file: string) {
  const rows = await trackingRows(file);
  return keepTracking(db, scope, { clientKey: uuidv7(), rows });
}

/** The same, pressed as the page has it pressed: its state, and what became of each line. */
export async function takeNumbers(
  db: Kysely<DB>,
  coop: PackingCoop,
  { file, isWhole }: { file: string; isWhole: boolean },
) {
  const { fileId } = await keepNumbers(db, coop, file);
  await startTracking(db, coop.scope, { fileId, isWhole });
  return numberWords(db, coop, fileId);
}

export async function numberWords(db: Kysely<DB>, { scope }: PackingCoop, fileId: string) {
  const kept = await readKeptTracking(db, scope, fileId);
  return [kept?.state, ...(kept?.rows.map(({ verdict }) => verdict) ?? [])];
}
