import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { DB } from "#db/schema.d.ts";

/** Something that a buyer was asked to take instead of a line of hers, and did not answer. */
export async function stageSubstitution(
  db: Kysely<DB>,
  orderLineId: string,
  listingId: string,
): Promise<string> {
  const id = uuidv7();
  await sql`
    insert into substitutions (id, order_id, parcel_id, order_line_id, missing_units, missing_fen, reason,
      listing_id, quantity, unit_price_fen, shown, state, answer_by, asked_by, client_key, ended_at)
    select ${id}, order_id, parcel_id, id, 1, unit_price_fen, 'gone', ${listingId}::uuid, 1,
      unit_price_fen, jsonb_build_object(
        'missing', jsonb_build_object('titleZh', title_zh, 'titleEn', title_en, 'grade', grade,
          'unit', unit, 'unitGrams', unit_grams, 'units', 1, 'fen', unit_price_fen),
        'offered', jsonb_build_object('listingId', listing_id, 'titleZh', title_zh,
          'titleEn', title_en, 'grade', grade, 'unit', unit, 'unitGrams', unit_grams, 'quantity', 1,
          'unitPriceFen', unit_price_fen, 'fen', unit_price_fen, 'photoId', null,
          'households', '[]'::jsonb),
        'backFen', 0), 'lapsed', now(), 'somebody', ${uuidv7()}, now()
    from order_lines where id = ${orderLineId}::uuid`.execute(db);
  return id;
}
