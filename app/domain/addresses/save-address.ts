import { type Kysely, sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnedBy, ownerOf } from "../owned-by.ts";

/** `township` may be none: the codes of GB/T 2260 end at the county. */
export type Address = {
  recipient: string;
  phone: string;
  regionCode: string;
  township?: string;
  street: string;
};

/** More than anybody sends to; what she orders with beyond it is not kept. */
export const MOST_ADDRESSES = 20;

/** Finds the row that says the same already. */
export const isSameAddress = ({ recipient, phone, regionCode, township = "", street }: Address) =>
  sql<boolean>`(recipient = ${recipient} and phone = ${phone} and region_code = ${regionCode}
    and township = ${township} and street = ${street})`;

/**
 * Remembers an address for the buyer's next order. One that she used before only becomes the
 * latest again, so sending it twice keeps one row; beyond `MOST_ADDRESSES` a new one is not kept
 * (`isKept: false`), nor is another dropped for it. The caller has validated the fields. One round
 * trip.
 */
export async function saveAddress(
  db: Kysely<DB>,
  buyer: BuyerScope,
  address: Address,
): Promise<{ isKept: boolean }> {
  const { user_id, visitor_id } = ownerOf(buyer);
  const { recipient, phone, regionCode, township = "", street } = address;
  const { rows } = await sql<{ isKept: boolean }>`
    with known as (
      update addresses set updated_at = now()
      where ${isOwnedBy("addresses", buyer)} and ${isSameAddress(address)}
      returning 1
    ), made as (
      insert into addresses
        (id, user_id, visitor_id, recipient, phone, region_code, township, street)
      select ${uuidv7()}::uuid, ${user_id}, ${visitor_id}, ${recipient}, ${phone}, ${regionCode},
        ${township}, ${street}
      where not exists (select from known) and ${MOST_ADDRESSES} > (
        select count(*) from addresses where ${isOwnedBy("addresses", buyer)})
      returning 1
    )
    select exists (select from known) or exists (select from made) as "isKept"`.execute(db);
  return rows[0] ?? { isKept: false };
}
