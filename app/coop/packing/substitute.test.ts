import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk } from "#tests/factories/charged-desk.ts";
import { makeShortBox } from "#tests/factories/substitutions.ts";
import { action } from "./substitute.tsx";

const open = () =>
  openDesk(async (db, payments) => {
    const box = await makeShortBox({ db, app: db }, payments);
    return { ...box, listing: box.plums };
  }, "packer");
let desk: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  desk = await open();
});
afterAll(() => desk.close());

const offer = (typed: Record<string, string>, lack: Record<string, string> = {}) => {
  const { lineId: line, plums } = desk.order;
  const asked = new URLSearchParams({ line, missing: "2", reason: "gone", ...lack });
  const form = { offer: `${plums.id}.2500`, quantity: "2", clientKey: uuidv7(), ...typed };
  return desk.send(action, form, `?${asked}`);
};
const refused = (field: string, error: string) => ({ data: { errors: { [field]: error } } });

test("what is offered is a whole number of units of an offer of the page, and nothing else is made one", async () => {
  const { plums, apples } = desk.order;
  for (const quantity of ["0x1", "1.5", "+1", "abc"]) {
    expect(await offer({ quantity }), quantity).toMatchObject(refused("quantity", "wholeNumber"));
  }
  expect(await offer({ quantity: "3" })).toMatchObject(refused("quantity", "substituteDear"));
  for (const forged of ["", "x", `${plums.id}`, `${plums.id}.-1`, `${plums.id}.2500.1`]) {
    expect(await offer({ offer: forged }), forged).toMatchObject(refused("offer", "choose"));
  }
  expect(await offer({ offer: `${plums.id}.1` })).toMatchObject(
    refused("offer", "substitutePrice"),
  );
  expect(await offer({ offer: `${apples.id}.2990` })).toMatchObject(
    refused("offer", "substituteGone"),
  );
  expect(await desk.stock()).toMatchObject({ held: 0 });
});

test("what is missing is the parcel's own, or the form is asked for anew", async () => {
  const odd = [
    ["missing", "5"] as const,
    ["line", uuidv7()] as const,
    ["reason", "stolen"] as const,
  ];
  for (const [name, value] of odd) {
    expect(await offer({}, { [name]: value }), name).toMatchObject({ status: 303 });
  }
  expect(await desk.stock()).toMatchObject({ held: 0 });
});

test("a packer who offers what is there leads back to the parcel, and the goods are held", async () => {
  expect(await offer({ quantity: " ２ " })).toMatchObject({ status: 303 });
  expect(await desk.stock()).toMatchObject({ held: 2 });
  expect(await offer({})).toMatchObject(refused("line", "substituteAsked"));
});
