import { type RawBuilder, sql } from "kysely";
import type { FreightTerms } from "../orders/freight.ts";

/**
 * A cooperative's shipping template as one JSON value, in a statement that calls its row `alias`:
 * whoever shows or reckons freight reads it by this.
 */
export function freightTermsOf(alias: string): RawBuilder<FreightTerms> {
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<FreightTerms>`jsonb_build_object(
    'regionCode', ${column("region_code")},
    'firstGrams', ${column("freight_first_grams")}, 'firstFen', ${column("freight_first_fen")},
    'addedGrams', ${column("freight_added_grams")}, 'addedFen', ${column("freight_added_fen")},
    'groups', ${column("freight_groups")}, 'remoteFen', ${column("freight_remote_fen")},
    'remoteProvinces', ${column("freight_remote_provinces")},
    'freeFromFen', ${column("freight_free_from_fen")},
    'unservedProvinces', ${column("freight_unserved_provinces")})`;
}
