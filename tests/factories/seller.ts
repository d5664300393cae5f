import { createTestDatabase } from "#tests/setup/database.ts";
import { makeAddress } from "./orders.ts";
import { makeHousehold } from "./people.ts";
import { scopeOf } from "./scopes.ts";

/** A database with a household that sells, and an address to which buyers order. */
export async function openSeller() {
  const { db, drop } = await createTestDatabase();
  const home = await makeHousehold(db);
  return { db, drop, home, scope: scopeOf(home), address: await makeAddress(db) };
}
