import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as coopRestock from "#app/coop/listings/restock.tsx";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import * as farmRestock from "#app/farm/listings/restock.tsx";
import { messages } from "#app/i18n/messages.ts";
import { type CoopLine, openCoopLine } from "#tests/factories/coop-line.ts";
import { RestockForm } from "./restock-form.tsx";

let line: CoopLine;
beforeAll(async () => {
  line = await openCoopLine({
    "farm/listings/:id/restock": farmRestock,
    "coop/listings/:id/restock": coopRestock,
  });
});
afterAll(() => line.close());

const day = shanghaiDay(new Date());

test("a number that looks like a slip is taken once she has said that it is right", async () => {
  const { cookies, listingId, agree } = await line.sold();
  await agree();
  const path = `/farm/listings/${listingId}/restock`;
  const more = { clientKey: uuidv7(), quantity: "9000", harvestedOn: day };
  const send = (sure: Record<string, string> = {}) =>
    line.post(path, cookies.farm, { ...more, ...sure });
  expect(await send()).toBe("422");
  expect(await send({ quantitySure: "900" })).toBe("422");
  const done = `303 /farm/listings/${listingId}?done=restocked`;
  expect(await send({ quantitySure: "9000" })).toBe(done);
  expect(await send({ quantitySure: "9000" })).toBe(done);
  const lots = await line.db
    .selectFrom("lots")
    .where("listing_id", "=", listingId)
    .select("quantity_in")
    .execute();
  expect(lots.reduce((sum, lot) => sum + lot.quantity_in, 0)).toBe(9_040);
});

test("no manager is sure of far more than the household has agreed to", async () => {
  const { cookies, listingId, agree } = await line.sold();
  await agree();
  const path = `/coop/listings/${listingId}/restock`;
  const more = { clientKey: uuidv7(), quantity: "9000", harvestedOn: day, quantitySure: "9000" };
  expect(await line.post(path, cookies.coop, more)).toBe("422");
});

const ID = "01a1f51b-0bd6-7a61-a33d-ef5468711121";
const listing = {
  ...{ id: ID, unit: "box-5jin", unitGrams: 2_500, available: 40, quantityIn: 40, takenOut: 0 },
  presaleLimit: null,
} as OwnListing;

function draw(
  side: "farm" | "coop",
  refused: Partial<NonNullable<Parameters<typeof RestockForm>[0]["refused"]>>,
): string {
  return renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      <RestockForm
        desk={{ path: (id) => `/${side}/listings/${id}` }}
        {...{ listing, title: "补货", household: "h", clientKey: "k", takenKeys: [] }}
        {...{ typedBy: undefined, today: day }}
        refused={{ values: { quantity: "9000" }, errors: {}, ...refused }}
      />
    </IntlProvider>,
  );
}

test("the question says what is there, what is added and what comes out, and keeps what was typed", () => {
  const html = draw("farm", { asked: { now: 40, added: 9_000, inAll: 9_040 } });
  const text = html.replaceAll(/<[^>]+>/g, "");
  expect(text).toContain("现在还剩 40 份，再加 9000 份，一共 9040 份，合 22600 公斤");
  expect(html).toContain('name="quantitySure" value="9000"');
  expect(html).toMatch(/name="quantity"[^>]*value="9000"|value="9000"[^>]*name="quantity"/);
});

test("beyond what was agreed to, the page says how many may be added and leads to asking anew", () => {
  const errors = { quantity: "agreed-quantity" } as const;
  const html = draw("coop", { errors, beyond: { agreed: 40, room: 160, householdId: "h1" } });
  expect(html).toContain("农户同意的和自己加的是 40 份");
  expect(html).toContain("最多还能加 160 份");
  expect(html).toContain(`href="/coop/listings/new/h1/${ID}"`);
});
