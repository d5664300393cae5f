import { type Kysely, sql } from "kysely";
import type { CheckoutOrder } from "#app/gateways/payments.ts";
import type { DB } from "#db/schema.d.ts";

const FREIGHT = { zh: "运费", en: "Freight" } as const;

/** What the payment page shows: every line, then each cooperative's freight; amounts in fen. */
export async function readCheckoutLines(
  db: Kysely<DB>,
  orderId: string,
  locale: "zh" | "en",
): Promise<Pick<CheckoutOrder, "lines" | "reliefCodes">> {
  const lines = await db
    .selectFrom("order_lines")
    .where("order_id", "=", orderId)
    .orderBy("id")
    .select(["title_zh", "title_en", "quantity", "unit_price_fen"])
    .execute();
  const parcels = await db
    .selectFrom("parcels")
    .innerJoin("cooperatives", "cooperatives.id", "parcels.cooperative_id")
    .where("order_id", "=", orderId)
    .where("freight_fen", ">", 0)
    .orderBy("parcels.id")
    .select(["name_zh", "name_en", "freight_fen"])
    .execute();
  const { rows: accounts } = await sql<{ code: string }>`
    select distinct r.code from allocations a
    join order_lines l on l.id = a.order_line_id
    join relief_accounts r on r.id = a.relief_account_id
    where l.order_id = ${orderId} order by r.code`.execute(db);
  return {
    lines: [
      ...lines.map((line) => ({
        name: (locale === "en" && line.title_en) || line.title_zh,
        unitFen: line.unit_price_fen,
        quantity: line.quantity,
      })),
      ...parcels.map((parcel) => ({
        name: `${FREIGHT[locale]} · ${locale === "en" ? parcel.name_en : parcel.name_zh}`,
        unitFen: parcel.freight_fen,
        quantity: 1,
      })),
    ],
    reliefCodes: accounts.map((account) => account.code),
  };
}
