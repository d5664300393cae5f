import { afterAll, beforeAll, expect, it } from "vitest";
import { makeBuyer } from "#tests/factories/orders.ts";
import { makeRegion } from "#tests/factories/people.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { readLastAddress } from "./read-last-address.ts";
import { saveAddress } from "./save-address.ts";

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
