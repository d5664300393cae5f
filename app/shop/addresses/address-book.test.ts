import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAddresses } from "#app/domain/addresses/address-book.ts";
import { loadReferenceData, loadTownships } from "#db/seed/reference.ts";
import { HOME, openBrowser, signInBuyer, WORK } from "#tests/factories/address-book.ts";
import { makeRegion } from "#tests/factories/people.ts";
import { makeSignIn } from "#tests/factories/sign-in.ts";
import { createTestDatabase, type TestDatabase } from "#tests/setup/database.ts";
import * as byDefault from "./default.ts";
import * as edit from "./edit.tsx";
import * as list from "./list.tsx";
import * as add from "./new.tsx";
import * as removal from "./removal.ts";

let database: TestDatabase;
let signIn: ReturnType<typeof makeSignIn>;
beforeAll(async () => {
  database = await createTestDatabase();
  signIn = makeSignIn(database.url);
  for (const county of ["440106", "440112", "510107"]) await makeRegion(database.db, county);
});
afterAll(async () => {
  await signIn.pool.end();
  await database.drop();
});

const KEPT = { status: 303, to: "/account/addresses?done=kept" };
const enter = () => signInBuyer({ database, signIn });

const bookOf = async ({ ask }: Awaited<ReturnType<typeof enter>>) =>
  (await ask(list)).data?.addresses ?? [];

describe("a buyer's address book", () => {
  test("keeps, changes, chooses and deletes addresses, each form as often as it is sent", async () => {
    const her = await enter();
    const { ask } = her;
    for (const _ of [1, 2]) expect(await ask(add, HOME)).toMatchObject(KEPT);
    expect(await ask(add, { ...WORK, isDefault: "yes" })).toMatchObject(KEPT);
    const [work, home] = await bookOf(her);
    expect([work?.recipient, work?.isDefault, home?.recipient]).toEqual(["李先生", true, "王小姐"]);
    const path = home?.id ?? "";
    expect((await ask(edit, undefined, path)).data?.values).toMatchObject(HOME);
    expect(await ask(edit, { ...HOME, street: "天河路 9 号" }, path)).toMatchObject(KEPT);
    expect((await ask(edit, undefined, path)).data?.values.street).toBe("天河路 9 号");
    for (const _ of [1, 2]) await ask(byDefault, {}, path);
    expect((await bookOf(her)).map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [home?.id, true],
      [work?.id, false],
    ]);
    for (const _ of [1, 2]) {
      const gone = { status: 303, to: "/account/addresses?done=removed" };
      expect(await ask(removal, {}, path)).toMatchObject(gone);
    }
    const left = await database.db.selectFrom("addresses").select("id").execute();
    expect(left.map(({ id }) => id)).toEqual([work?.id]);
    expect((await ask(edit, undefined, path)).status).toBe(404);
    expect((await ask(edit, HOME, path)).status).toBe(404);
  });

  test("is nobody else's to see, change, choose or delete, and a guest's is none", async () => {
    const [her, other] = [await enter(), await enter()];
    await her.ask(add, HOME);
    const [home] = await bookOf(her);
    const id = home?.id ?? "";
    expect(await bookOf(other)).toEqual([]);
    expect((await other.ask(edit, undefined, id)).status).toBe(404);
    expect((await other.ask(edit, { nothing: "right" }, id)).status).toBe(404);
    await other.ask(removal, {}, id);
    await other.ask(byDefault, {}, id);
    expect(await listAddresses(database.db, her.buyer)).toMatchObject([{ id, isDefault: false }]);
    const guest = openBrowser({ database, signIn }, new Headers(), her.buyer.visitorId);
    for (const module of [list, add]) {
      expect((await guest(module)).to).toContain("/sign-in?to=");
    }
    expect((await guest(removal, {}, id)).status).toBe(401);
    for (const odd of ["x", "'; drop table addresses", "018f0000-0000-7000-8000-000000000000"]) {
      expect((await her.ask(edit, undefined, odd)).status).toBe(404);
      expect((await her.ask(removal, {}, odd)).status).toBe(303);
    }
  });

  test("holds twenty, also when they come at once, and says so", async () => {
    const her = await enter();
    const typed = (index: number) => ({ ...HOME, street: `天河路 ${index} 号`, isDefault: "yes" });
    for (let index = 1; index < 20; index++) await her.ask(add, typed(index));
    const answers = await Promise.all([20, 21, 22].map((index) => her.ask(add, typed(index))));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)?.data;
    expect(refused).toMatchObject({ isFull: true, values: { recipient: "王小姐" } });
    const book = await bookOf(her);
    expect(book).toHaveLength(20);
    expect(book.filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(await her.ask(add, typed(3))).toMatchObject(KEPT);
  });

  test("asks for the next list, takes a pasted address apart, and judges nothing meanwhile", async () => {
    const { ask } = await enter();
    const step = await ask(add, { province: "440000", street: "写了一半", step: "region" });
    expect(step).toMatchObject({
      status: 200,
      data: { errors: {}, values: { street: "写了一半" } },
    });
    const pasted = "张三 13812345678 四川省地区510100地区510107 浆洗街街道 1 号";
    const filled = await ask(add, { pasted, paste: "1", phone: "", street: "旧的" });
    expect(filled).toMatchObject({
      status: 200,
      data: {
        errors: {},
        values: {
          ...{ pasted, recipient: "张三", phone: "13812345678", county: "510107" },
          ...{ township: "浆洗街街道", street: "1 号" },
        },
      },
    });
    const nothing = await ask(add, { pasted: "？？", paste: "1", street: "旧的" });
    expect(nothing.data?.values.recipient ?? "").toBe("");
    const wrong = await ask(add, { ...HOME, phone: "12", county: "", township: "长".repeat(41) });
    expect(wrong).toMatchObject({
      status: 422,
      data: {
        errors: { phone: "phone", county: "choose", township: "tooLong" },
        values: { street: HOME.street },
      },
    });
  });

  test("a township of another county is refused whatever the form says of it, one of no list is kept", async () => {
    await loadReferenceData(database.db);
    await loadTownships(database.db);
    const { ask } = await enter();
    const wuhou = { ...HOME, province: "510000", city: "510100", county: "510107" };
    for (const townshipOf of ["", "510107"]) {
      const forged = { ...wuhou, townshipOf, township: "北京街道" };
      const refused = { status: 422, data: { errors: { township: "otherCounty" } } };
      expect(await ask(add, forged)).toMatchObject(refused);
    }
    for (const township of ["浆洗街街道", "浆洗街街道办事处", "新设的街道", ""]) {
      expect(await ask(add, { ...wuhou, township }), township).toMatchObject(KEPT);
    }
  });

  test("a township from the list of another county is asked for again, and never kept", async () => {
    const her = await enter();
    const moved = { ...HOME, townshipOf: "440112" };
    const step = await her.ask(add, { ...moved, step: "region" });
    expect(step).toMatchObject({ status: 200, data: { errors: {} } });
    const refused = await her.ask(add, moved);
    expect(refused).toMatchObject({ status: 422, data: { errors: { township: "choose" } } });
    expect(await bookOf(her)).toEqual([]);
    expect(await her.ask(add, { ...moved, township: "" })).toMatchObject(KEPT);
    expect(await her.ask(add, { ...HOME, townshipOf: HOME.county })).toMatchObject(KEPT);
    expect((await bookOf(her)).map(({ township }) => township).sort()).toEqual(["", "石牌街道"]);
  });
});
