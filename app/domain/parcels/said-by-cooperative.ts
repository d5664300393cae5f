import { type RawBuilder, sql } from "kysely";

/**
 * SQL over `orders`, true of a parcel's event that its cooperative says: neither its buyer, who may not
 * have signed in, nor the market by itself.
 */
export const saidByCooperative = (event: string): RawBuilder<boolean> => {
  const by = sql.ref(`${event}.by_user_id`);
  return sql<boolean>`(${by} is not null and ${by} is distinct from orders.buyer_user_id)`;
};
