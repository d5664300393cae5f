import { afterAll, beforeAll, expect, test } from "vitest";
import { openChargedDesk } from "#tests/factories/charged-desk.ts";
import { action } from "./cancellation.tsx";

let desk: Awaited<ReturnType<typeof openChargedDesk>>;
beforeAll(async () => {
  desk = await openChargedDesk();
});
afterAll(() => desk.close());

const send = (typed: Record<string, string>) => desk.send(action, typed);

test("a parcel is called off only when it was said whether its goods are still there", async () => {
  const { order, stock } = desk;
  const goods = `goods-${order.lineId}`;
  expect(await send({ reason: "烂了" })).toMatchObject({
    data: { errors: { [goods]: "choose" }, values: { reason: "烂了" } },
    init: { status: 422 },
  });
  expect(await send({ reason: "烂了", [goods]: "sold" })).toMatchObject({ init: { status: 422 } });
  expect(await send({ reason: "", [goods]: "spoiled" })).toMatchObject({
    data: { errors: { reason: "required" }, values: { [goods]: "spoiled" } },
  });
  expect(await stock()).toEqual({ available: 3, held: 0, sold: 2 });

  const done = await send({ reason: "烂了", [goods]: "spoiled" });
  expect(done).toMatchObject({ status: 303 });
  expect(await stock()).toEqual({ available: 3, held: 0, sold: 0 });
});
