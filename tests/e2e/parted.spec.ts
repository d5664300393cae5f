import { expect, test } from "@playwright/test";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { parcelOf, placeAndPay } from "./delivered.ts";
import { send } from "./forms.ts";
import { currentWalk } from "./walk.ts";

const THREE_DAYS_MS = 3 * 86_400_000;
const NONE_LEFT = /没有可寄的|nothing to send now/;

test("what is not there yet is sent later, in a parcel of its own that the buyer knows of", async ({
  page,
}) => {
  await become(page, null);
  const order = await placeAndPay(page);
  const buyer = await page.context().cookies();
  const number = order.slice(-16);
  await become(page, currentWalk().manager);
  const parcel = await parcelOf(page, order);
  await page.goto(`${parcel}/split`);
  await expectAccessible(page);
  await page.locator("[name^=later-]").first().fill("2");
  await page.locator("[name=reason][value=not-harvested]").check();
  await page.locator("[name=promisedOn]").fill(shanghaiDay(new Date(Date.now() + THREE_DAYS_MS)));
  await page.locator("main form button").click();
  // All of it would leave nothing to send now: what was typed stays.
  await expect(page.locator("main .error").first()).toContainText(NONE_LEFT);
  await expect(page.locator("[name^=later-]").first()).toHaveValue("2");
  await page.locator("[name^=later-]").first().fill("1");
  await page.locator("main form button").click();
  await expect(page.getByRole("status")).toContainText(`${number}-2`);
  await expectAccessible(page);
  const rest = await send(page, "/coop/scan?do=open", { do: "open", code: `${number}-2` });
  const restPath = new URL(rest.location, "http://market.test").pathname;
  expect(restPath).not.toBe(parcel);
  await page.goto(restPath);
  await expect(page.locator("main")).toContainText(/还没采收|Not harvested yet/);
  for (const [step, fields] of [
    ["acceptance", {}],
    ["packing", {}],
    ["shipment", { carrier: "sf", trackingNumber: "SF1234567890123" }],
  ] as const) {
    expect((await send(page, `${parcel}/${step}`, fields)).status, step).toBe(303);
  }
  await page.context().clearCookies();
  await page.context().addCookies(buyer);
  await page.goto(order);
  await expectAccessible(page);
  await expect(page.locator("main")).toContainText(/这是第 2 个|this is number 2/);
  await expect(page.locator("main")).toContainText(/还没采收|not harvested yet/);
  await expect(page.locator("main")).toContainText("SF1234567890123");
});
