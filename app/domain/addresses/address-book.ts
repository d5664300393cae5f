import { type Kysely, sql } from "kysely";
import { validate as isUuid, v7 as uuidv7 } from "uuid";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { DB } from "#db/schema.d.ts";
import { isOwnedBy, ownerOf } from "../owned-by.ts";
import { UNWRITTEN } from "../regions/region-path.ts";
import { type Address, isSameAddress, MOST_ADDRESSES } from "./save-address.ts";

export type KeptAddress = Required<Address> & {
  id: string;
  isDefault: boolean;
  /** The codes above and including its region, as a form of three lists holds them. */
  chain: { province: string; city: string; county: string | null };
  regionZh: string;
  regionEn: string;
};

/** Entries of GB/T 2260 that only hold counties together are no part of a written address. */
const isWritten = sql`m.name_zh <> all(${UNWRITTEN}::text[])`;

/**
 * The addresses that the buyer has kept: her default first, then as she used them last, all that
 * there are. Nobody else's are ever among them. One round trip, locks nothing.
 */
export async function listAddresses(db: Kysely<DB>, buyer: BuyerScope): Promise<KeptAddress[]> {
  const { rows } = await sql<KeptAddress>`
    select addresses.id, recipient, phone, region_code as "regionCode", township, street,
      is_default as "isDefault",
      concat(p.name_zh, case when ${isWritten} then m.name_zh end,
        case when r.level = 3 then r.name_zh end) as "regionZh",
      concat_ws(', ', case when r.level = 3 then r.name_en end,
        case when ${isWritten} then m.name_en end, p.name_en) as "regionEn",
      jsonb_build_object('province', p.code, 'city', m.code,
        'county', case when r.level = 3 then r.code end) as chain
    from addresses
    join regions r on r.code = addresses.region_code
    join regions m on m.code = case when r.level = 3 then r.parent_code else r.code end
    join regions p on p.code = m.parent_code
    where ${isOwnedBy("addresses", buyer)}
    order by is_default desc, addresses.updated_at desc, addresses.id desc`.execute(db);
  return rows;
}

/** One of the buyer's own; null for any other id. */
export async function readAddress(
  db: Kysely<DB>,
  buyer: BuyerScope,
  id: string,
): Promise<KeptAddress | null> {
  if (!isUuid(id)) return null;
  return (await listAddresses(db, buyer)).find((address) => address.id === id) ?? null;
}

/** Only the default of a buyer may be so; without a default the one used last is chosen for her. */
const unsetDefault = (db: Kysely<DB>, buyer: BuyerScope) =>
  sql`update addresses set is_default = false
    where ${isOwnedBy("addresses", buyer)} and is_default`.execute(db);

type Changed =
  | { ok: true; id: string }
  /** She has kept as many as she may. */
  | { ok: false; reason: "book-full" }
  /** There is none with that id, or it is another's. */
  | { ok: false; reason: "not-found" };

/**
 * Adds an address to the buyer's book, or with `id` changes that one; the caller has validated the
 * fields. The same address again adds nothing, so a form may be sent twice. Orders that were placed
 * keep their own copy.
 *
 * Fails with `book-full` at `MOST_ADDRESSES`, or `not-found` (also of another's id). Locks the
 * buyer's book, so that two tabs do not make a twenty-first, nor two defaults.
 */
export async function keepAddress(
  db: Kysely<DB>,
  buyer: BuyerScope,
  { id, address, isDefault }: { id: string | null; address: Address; isDefault: boolean },
): Promise<Changed> {
  const { recipient, phone, regionCode: region_code, township = "", street } = address;
  const fields = { recipient, phone, region_code, township, street };
  return db.transaction().execute(async (trx): Promise<Changed> => {
    await lockBook(trx, buyer);
    const own = await trx
      .selectFrom("addresses")
      .select(["id", isSameAddress(address).as("isSame")])
      .where(isOwnedBy("addresses", buyer))
      .execute();
    const known = id === null ? own.find(({ isSame }) => isSame) : own.find((one) => one.id === id);
    if (id !== null && !known) return { ok: false, reason: "not-found" };
    if (!known && own.length >= MOST_ADDRESSES) return { ok: false, reason: "book-full" };
    if (isDefault) await unsetDefault(trx, buyer);
    const row = { ...fields, is_default: isDefault };
    if (known) {
      await trx
        .updateTable("addresses")
        .set({ ...row, updated_at: sql`now()` })
        .where("id", "=", known.id)
        .execute();
      return { ok: true, id: known.id };
    }
    const made = uuidv7();
    await trx
      .insertInto("addresses")
      .values({ id: made, ...ownerOf(buyer), ...row })
      .execute();
    return { ok: true, id: made };
  });
}

/** An empty book has no rows to lock, and two first addresses would both be its default. */
const lockBook = (trx: Kysely<DB>, buyer: BuyerScope) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`addresses:${buyer.userId ?? buyer.visitorId}`}, 0))`.execute(
    trx,
  );

/**
 * Takes an address out of the buyer's book for good: no row is left. Doing it again, or with an id
 * that is not hers, changes nothing. Orders that were placed keep their own copy.
 */
export async function removeAddress(db: Kysely<DB>, buyer: BuyerScope, id: string): Promise<void> {
  if (!isUuid(id)) return;
  await sql`delete from addresses
    where id = ${id} and ${isOwnedBy("addresses", buyer)}`.execute(db);
}

/** Makes one of the buyer's own the one that is chosen for her; another's id changes nothing. */
export async function setDefaultAddress(
  db: Kysely<DB>,
  buyer: BuyerScope,
  id: string,
): Promise<void> {
  if (!isUuid(id)) return;
  await db.transaction().execute(async (trx) => {
    await lockBook(trx, buyer);
    const isHers = await trx
      .selectFrom("addresses")
      .select("id")
      .where("id", "=", id)
      .where(isOwnedBy("addresses", buyer))
      .executeTakeFirst();
    if (!isHers) return;
    await unsetDefault(trx, buyer);
    await sql`update addresses set is_default = true where id = ${id}`.execute(trx);
  });
}
