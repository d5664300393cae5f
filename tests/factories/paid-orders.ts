import type { Kysely } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { splitFen } from "#app/domain/ledger/split-fen.ts";
import type { DB } from "#db/schema.d.ts";
import type { MadeHousehold } from "./people.ts";
import { makeListing } from "./produce.ts";

let made = 0;

export type MadeParcel = { id: string; cooperativeId: string; lineId: string };
export type MadeOrder = { id: string; number: string; parcels: MadeParcel[] };

/**
 * An order with one parcel for each list of households: every household provides `quantity`
 * boxes of one pooled listing at CNY 29.90. Rows only: neither Stripe nor the ledger is touched.
 */
export async function makePaidOrder(
  db: Kysely<DB>,
  parcels: MadeHousehold[][],
  overrides: {
    status?: string;
    paidAt?: Date | null;
    quantity?: number;
    recipient?: string;
    visitorId?: string;
    regionCode?: string;
    /** Of which all parcels are, in the stead of a new one each; of every household of these. */
    listingId?: string;
  } = {},
): Promise<MadeOrder> {
  const quantity = overrides.quantity ?? 1;
  const boxes = parcels.reduce((sum, homes) => sum + homes.length * quantity, 0);
  const order = { id: uuidv7(), number: `TJ20261122${String(++made).padStart(6, "0")}` };
  const freightFen = 800 * parcels.length;
  await db
    .insertInto("orders")
    .values({
      id: order.id,
      number: order.number,
      visitor_id: overrides.visitorId ?? uuidv7(),
      status: overrides.status ?? "paid",
      idempotency_key: uuidv7(),
      address: JSON.stringify({
        recipient: overrides.recipient ?? "王小明",
        phone: "13800000000",
        regionCode: overrides.regionCode ?? "310115",
        regionZh: "上海市浦东新区",
        regionEn: "Pudong, Shanghai",
        street: "世纪大道 1 号",
      }),
      produce_fen: boxes * 2_990,
      freight_fen: freightFen,
      total_fen: boxes * 2_990 + freightFen,
      expires_at: new Date(),
      paid_at: overrides.paidAt === undefined ? new Date() : overrides.paidAt,
    })
    .execute();
  const madeParcels: MadeParcel[] = [];
  const { listingId } = overrides;
  for (const homes of parcels) {
    madeParcels.push(await makeParcel(db, order.id, homes, { quantity, listingId }));
  }
  return { ...order, parcels: madeParcels };
}

async function makeParcel(
  db: Kysely<DB>,
  orderId: string,
  homes: MadeHousehold[],
  { quantity, listingId: given }: { quantity: number; listingId?: string },
): Promise<MadeParcel> {
  const lots = homes.map((household) => ({ household, quantity }));
  const listingId = given ?? (await makeListing(db, { lots })).id;
  const cooperativeId = homes[0]?.cooperativeId ?? "";
  const count = homes.length * quantity;
  const parcel = { id: uuidv7(), cooperativeId, lineId: uuidv7() };
  await db
    .insertInto("parcels")
    .values({
      id: parcel.id,
      order_id: orderId,
      cooperative_id: cooperativeId,
      freight_fen: 800,
      weight_grams: count * 2_500,
    })
    .execute();
  const lineFen = count * 2_990;
  const feeFen = Math.floor((lineFen * 600) / 10_000);
  await db
    .insertInto("order_lines")
    .values({
      id: parcel.lineId,
      order_id: orderId,
      parcel_id: parcel.id,
      listing_id: listingId,
      cooperative_id: cooperativeId,
      title_zh: "盐源苹果",
      title_en: "Yanyuan apples",
      grade: "first",
      unit: "box-5jin",
      unit_grams: 2_500,
      quantity: count,
      unit_price_fen: 2_990,
      line_fen: lineFen,
      fee_basis_points: 600,
      fee_fen: feeFen,
    })
    .execute();
  const weights = homes.map(() => quantity);
  const parts = splitFen(lineFen - feeFen, weights);
  const lotOf = new Map(
    (
      await db
        .selectFrom("lots")
        .select(["id", "household_id"])
        .where("listing_id", "=", listingId)
        .execute()
    ).map(({ id, household_id }) => [household_id, id]),
  );
  await db
    .insertInto("allocations")
    .values(
      homes.map((household, index) => ({
        id: uuidv7(),
        order_line_id: parcel.lineId,
        lot_id: lotOf.get(household.id) as string,
        relief_account_id: household.reliefAccountId,
        quantity,
        fen: parts[index] as number,
        state: "sold",
      })),
    )
    .execute();
  return parcel;
}
