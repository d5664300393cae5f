import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { sayShort } from "#app/domain/parcels/say-short.ts";
import { weighLine } from "#app/domain/parcels/weigh-line.ts";
import { at } from "./model.ts";
import { type Real, scopeOf } from "./real.ts";
import { gramsOf, type InBox } from "./short.ts";

export async function lineOf(real: Real, index: number, { listing }: InBox) {
  const parcel = at(real.parcels, index);
  const { rows } = await sql<{ id: string; grams: number }>`
    select id, (quantity * unit_grams)::bigint as grams from order_lines
    where parcel_id = ${parcel.id} and listing_id = ${at(real.listings, listing).id}`.execute(
    real.db,
  );
  const scope = scopeOf(real, parcel.coop);
  return { scope, line: at(rows, 0), input: { parcelId: parcel.id, clientKey: uuidv7() } };
}

/** How many sale units of a parcel are to be sent. */
export async function unitsOf(real: Real, index: number): Promise<number> {
  const { rows } = await sql<{ units: number }>`
    select coalesce(sum(a.quantity - a.short_units), 0)::int as units
    from order_lines l join allocations a on a.order_line_id = l.id and a.state = 'sold'
    where l.parcel_id = ${at(real.parcels, index).id}`.execute(real.db);
  return at(rows, 0).units;
}

/** Said twice, as a packer with a bad line does; the second time changes nothing. */
export async function shortInReal(real: Real, index: number, box: InBox): Promise<string> {
  const { scope, line, input } = await lineOf(real, index, box);
  const said = { ...input, orderLineId: line.id, quantity: box.much % 4, reason: "gone" as const };
  const short = await sayShort(real.db, scope, said);
  if (!short.ok) return short.reason;
  const again = await sayShort(real.db, scope, said);
  const isSame = again.ok && !again.isNew && again.fen === short.fen;
  return `short ${short.fen}${isSame ? "" : " otherwise"}`;
}

export async function weighInReal(real: Real, index: number, box: InBox): Promise<string> {
  const { scope, line, input } = await lineOf(real, index, box);
  const actualGrams = gramsOf(line.grams, box.much);
  const said = { ...input, orderLineId: line.id, actualGrams };
  const weighed = await weighLine(real.db, scope, said);
  if (!weighed.ok) return weighed.reason;
  const again = await weighLine(real.db, scope, said);
  const isSame = again.ok && !again.isNew && again.fen === weighed.fen;
  return `light ${weighed.fen}${isSame ? "" : " otherwise"}`;
}
