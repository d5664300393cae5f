import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLastAddress } from "#app/domain/addresses/read-last-address.ts";
import { saveAddress } from "#app/domain/addresses/save-address.ts";
import { fillCart, makeBuyer } from "#tests/factories/orders.ts";
import { makeRegion } from "#tests/factories/people.ts";
import { makeListing } from "#tests/factories/produce.ts";
import { buyerScope } from "#tests/factories/scopes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import { addToCart } from "./add-to-cart.ts";
import { claimVisitor } from "./claim-visitor.ts";
import { readCart } from "./read-cart.ts";
import { setQuantity } from "./set-quantity.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const order = (number: string, visitorId: string, userId: string | null) => ({
  id: crypto.randomUUID(),
  number,
  visitor_id: visitorId,
  buyer_user_id: userId,
  idempotency_key: crypto.randomUUID(),
  address: "{}",
  produce_fen: 100,
  freight_fen: 0,
  total_fen: 100,
  expires_at: new Date(),
});

describe("signing in with a full cart", () => {
  it("merges both carts and keeps the greater quantity, however often it is done", async () => {
    const [apples, pears, plums] = [
      await makeListing(test.db),
      await makeListing(test.db),
      await makeListing(test.db),
    ];
    const guest = makeBuyer();
    const user = makeBuyer("user-1");
    await fillCart(test.db, guest, [
      { listing: apples, quantity: 4 },
      { listing: pears, quantity: 1 },
    ]);
    await fillCart(test.db, user, [
      { listing: apples, quantity: 2 },
      { listing: plums, quantity: 3 },
    ]);
    const claim = () => claimVisitor(test.db, { visitorId: guest.visitorId, userId: "user-1" });
    await Promise.all([claim(), claim(), claim()]);
    const quantities = (await readCart(test.db, user)).groups
      .flatMap((group) => group.lines)
      .map((line) => [line.listingId, line.quantity]);
    expect(Object.fromEntries(quantities)).toEqual({
      [apples.id]: 4,
      [pears.id]: 1,
      [plums.id]: 3,
    });
    expect(await readCart(test.db, guest)).toMatchObject({ count: 0 });
  });

  it("knows the newest forms of both carts, so that none of them adds again", async () => {
    const [guest, user] = [makeBuyer(), makeBuyer("user-3")];
    const listing = await makeListing(test.db);
    const add = (buyer: typeof user, clientKey: string) =>
      addToCart(test.db, buyer, { listingId: listing.id, quantity: 1, clientKey });
    for (let turn = 0; turn < 50; turn++) {
      await add(user, `user-${turn}`);
      await setQuantity(test.db, user, { listingId: listing.id, quantity: 0 });
    }
    await add(guest, "guest-form");
    await claimVisitor(test.db, { visitorId: guest.visitorId, userId: "user-3" });
    for (const key of ["guest-form", "user-49", "user-1"]) {
      expect(await add(user, key)).toEqual({ ok: true, isNew: false, quantity: 1 });
    }
  });

  it("hands over addresses and guest orders, but never somebody else's", async () => {
    const guest = makeBuyer();
    const regionCode = await makeRegion(test.db);
    await saveAddress(test.db, guest, {
      recipient: "王",
      phone: "13800000000",
      regionCode,
      street: "1",
    });
    await test.db
      .insertInto("orders")
      .values([
        order("TJ20261122000001", guest.visitorId, null),
        order("TJ20261122000002", guest.visitorId, "somebody"),
        order("TJ20261122000003", "another-browser", null),
      ])
      .execute();
    await claimVisitor(test.db, { visitorId: guest.visitorId, userId: "user-2" });
    const owners = await test.db
      .selectFrom("orders")
      .select("buyer_user_id")
      .orderBy("number")
      .execute();
    expect(owners.map((row) => row.buyer_user_id)).toEqual(["user-2", "somebody", null]);
    const user = buyerScope({ userId: "user-2", visitorId: "new-browser" });
    expect(await readLastAddress(test.db, user)).toMatchObject({ recipient: "王" });
    expect(await readLastAddress(test.db, guest)).toBeNull();
  });
});
