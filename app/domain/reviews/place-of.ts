import { type RawBuilder, sql } from "kysely";
import { UNWRITTEN } from "../regions/region-path.ts";

/** SQL of the code of a county's city, or of its province where no city is written in an address. */
export function placeOf(regionCode: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select r.code from regions r
    where r.code in (left(${regionCode}, 4) || '00', left(${regionCode}, 2) || '0000')
      and r.name_zh <> all(${UNWRITTEN}::text[])
    order by r.level desc limit 1)`;
}
