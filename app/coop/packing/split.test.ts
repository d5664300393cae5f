import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDesk } from "#tests/factories/charged-desk.ts";
import { makeBox, tomorrow } from "#tests/factories/parted-parcel.ts";
import { action as acceptance } from "./acceptance.ts";
import { action as packing } from "./packing.ts";
import { action, loader } from "./split.tsx";

let desk: Awaited<ReturnType<typeof openDesk<Awaited<ReturnType<typeof makeBox>>>>>;
let box: Awaited<ReturnType<typeof makeBox>>;
beforeAll(async () => {
  desk = await openDesk(makeBox, "packer");
  box = desk.order;
});
afterAll(() => desk.close());

type Page = (args: ActionFunctionArgs) => Promise<unknown>;

const send = (typed: Record<string, string>, page: Page = action) => desk.send(page, typed);
const later = (units: string, more = {}) => ({
  ...{ [`later-${box.apples.lineId}`]: units, [`later-${box.walnuts.lineId}`]: "" },
  ...{ reason: "not-harvested", promisedOn: tomorrow(), shownUnits: "6", clientKey: uuidv7() },
  ...more,
});
const refused = (errors: object) => ({ data: { errors } });

test("how many go later is a whole number in plain digits, and what was typed comes back", async () => {
  const field = `later-${box.apples.lineId}`;
  for (const typed of ["0x1", "1e0", "1.0", "+1", "abc", "Infinity"]) {
    expect(await send(later(typed)), typed).toMatchObject(refused({ [field]: "wholeNumber" }));
  }
  expect(await send(later("-1"))).toMatchObject(refused({ [field]: "atLeastOne" }));
  expect(await send(later("9".repeat(30)))).toMatchObject(refused({ [field]: "tooMany" }));
  expect(await send(later("5"))).toMatchObject(refused({ [field]: "laterTooMany" }));
  for (const none of ["", " ", "0"]) {
    expect(await send(later(none))).toMatchObject(refused({ [field]: "laterNone" }));
  }
  const all = { [`later-${box.walnuts.lineId}`]: "2" };
  expect(await send(later("4", all))).toMatchObject(refused({ [field]: "laterAll" }));
  expect(await send(later("1", { promisedOn: "2020-01-01" }))).toMatchObject({
    data: { errors: { promisedOn: "promisedDay" }, values: { [field]: "1" } },
  });
  expect(await send(later("1", { promisedOn: "" }))).toMatchObject(
    refused({ promisedOn: "required" }),
  );
  expect(await send(later("1", { reason: "no" }))).toMatchObject(refused({ reason: "choose" }));
  const strange = { [`later-${uuidv7()}`]: "1" };
  expect(await send(later("1", strange))).toMatchObject({ init: { status: 422 } });
  expect(await desk.db.selectFrom("parcels").select("id").execute()).toHaveLength(1);
});

test("an order whose money is made up is not parted, by its page nor by a form that is sent all the same", async () => {
  const pay = (intent: string) =>
    sql<{ before: string }>`update payments set payment_intent_id = ${intent}
      from (select id, payment_intent_id as before from payments where order_id = ${box.orderId}) was
      where payments.id = was.id returning was.before`.execute(desk.db);
  const { rows } = await pay("pi_seed_1");
  const elsewhere = `/coop/parcels/${box.parcelId}?problem=payment-made-up`;
  const shown = await desk.send(loader as Page, {}).catch((thrown: unknown) => thrown);
  for (const answer of [shown, await send(later("1"))]) {
    expect((answer as Response).headers.get("Location")).toBe(elsewhere);
  }
  await pay(rows[0]?.before ?? "");
  expect(await desk.db.selectFrom("parcels").select("id").execute()).toHaveLength(1);
});

test("a form that comes again after its answer was lost leads to the same parcel", async () => {
  const form = later(" ２ ");
  const [first, again] = [(await send(form)) as Response, (await send(form)) as Response];
  expect(first.status).toBe(303);
  const to = first.headers.get("Location") ?? "";
  expect(to).toMatch(new RegExp(`^/coop/parcels/${box.parcelId}\\?rest=[0-9a-f-]{36}$`));
  expect(again.headers.get("Location")).toBe(to);
  // Whoever still looks at six boxes is told to look again; so is who closes such a box.
  const problem = `/coop/parcels/${box.parcelId}?problem=parcel-changed`;
  expect(((await send(later("1"))) as Response).headers.get("Location")).toBe(problem);
  await send({ from: "parcel" }, acceptance);
  const closed = (await send({ from: "parcel", shownUnits: "6" }, packing)) as Response;
  expect(closed.headers.get("Location")).toBe(problem);
  const read = (await send({}, loader as Page)) as { parcel: { lines: { toSend: number }[] } };
  expect(read.parcel.lines.map(({ toSend }) => toSend)).toEqual([2, 2]);
});
