import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openChargedDesk } from "#tests/factories/charged-desk.ts";
import { action as sayShort } from "./shortages.tsx";
import { action as weigh } from "./weights.tsx";

let desk: Awaited<ReturnType<typeof openChargedDesk>>;
beforeAll(async () => {
  desk = await openChargedDesk();
});
afterAll(() => desk.close());

const send = (action: typeof sayShort, typed: Record<string, string>) =>
  desk.send(action, { line: desk.order.lineId, clientKey: uuidv7(), ...typed });

const NO_WHOLE_NUMBER = ["0x1", "1e0", "0b1", "1.0", "1.", "+1", "$1", "abc", "Infinity"];

test("what is short is a whole number of units in plain digits, and nothing else is made one", async () => {
  const short = (quantity: string) => send(sayShort, { quantity, reason: "spoiled" });
  const refused = (error: string) => ({ data: { errors: { quantity: error } } });
  for (const typed of NO_WHOLE_NUMBER) {
    expect(await short(typed), typed).toMatchObject(refused("wholeNumber"));
  }
  for (const typed of ["", " "]) expect(await short(typed)).toMatchObject(refused("required"));
  for (const typed of ["0", "-1"]) expect(await short(typed)).toMatchObject(refused("atLeastOne"));
  expect(await short("9".repeat(40))).toMatchObject(refused("tooMany"));
  expect(await desk.stock()).toEqual({ available: 3, held: 0, sold: 2 });
  expect(await short(" １ ")).toMatchObject({ status: 303 });
  expect(await desk.stock()).toEqual({ available: 3, held: 0, sold: 1 });
});

test("what a line really weighs is kilograms in plain digits", async () => {
  for (const kg of ["0x1", "1e0", "-1", "0", "1.2345", "1kg", "Infinity"]) {
    expect(await send(weigh, { kg }), kg).toMatchObject({
      data: { errors: { kg: "scaleWeight" } },
    });
  }
});
