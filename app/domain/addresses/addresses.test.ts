import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makeRegion } from "#tests/factories/people.ts";
import { waitUntilBlocked } from "#tests/setup/barrier.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { keepAddress, listAddresses } from "./address-book.ts";
import { readLastAddress } from "./read-last-address.ts";
import { MOST_ADDRESSES, saveAddress } from "./save-address.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("remembers the address used last, and each address once", async () => {
  const buyer = makeBuyer();
  const home = {
    recipient: "王小明",
    phone: "13800000000",
    regionCode: await makeRegion(test.db),
    township: "",
    street: "幸福路 1 号",
  };
  const work = { ...home, street: "园区 2 号" };
  expect(await readLastAddress(test.db, buyer)).toBeNull();
  await saveAddress(test.db, buyer, home);
  await saveAddress(test.db, buyer, work);
  await saveAddress(test.db, buyer, home);
  expect(await readLastAddress(test.db, buyer)).toEqual(home);
  const rows = await test.db.selectFrom("addresses").select("id").execute();
  expect(rows).toHaveLength(2);
  expect(await readLastAddress(test.db, makeBuyer())).toBeNull();
});

const addressOf = async (number: number) => ({
  recipient: "王小明",
  phone: "13800000000",
  regionCode: await makeRegion(test.db),
  street: `幸福路 ${number} 号`,
});

it("keeps no more than twenty by ordering, and drops none of them for another", async () => {
  const buyer = makeBuyer("full-book");
  for (let number = 1; number <= MOST_ADDRESSES; number++) {
    expect(await saveAddress(test.db, buyer, await addressOf(number))).toEqual({ isKept: true });
  }
  expect(await saveAddress(test.db, buyer, await addressOf(21))).toEqual({ isKept: false });
  expect(await saveAddress(test.db, buyer, await addressOf(3))).toEqual({ isKept: true });
  const book = await listAddresses(test.db, buyer);
  expect([book.length, book[0]?.street]).toEqual([MOST_ADDRESSES, "幸福路 3 号"]);
});

it("lets one page after another into a book, so that two first addresses are not both its default", async () => {
  const buyer = makeBuyer("two-tabs");
  const [one, other] = [await addressOf(1), await addressOf(2)];
  let adding: Promise<unknown>[] = [];
  await test.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('addresses:two-tabs', 0))`.execute(trx);
    adding = [one, other].map((address) =>
      keepAddress(test.db, buyer, { id: null, address, isDefault: true }),
    );
    await waitUntilBlocked(test.db, 2);
  });
  expect(await Promise.all(adding)).toMatchObject([{ ok: true }, { ok: true }]);
  const book = await listAddresses(test.db, buyer);
  expect(book.map(({ isDefault }) => isDefault)).toEqual([true, false]);
});
