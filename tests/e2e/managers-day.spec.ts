import { expect, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { become } from "./become.ts";
import { chooseParcels, takeChosen } from "./chosen.ts";
import { parcelOf, placeAndPay } from "./delivered.ts";
import { html, linkOn } from "./forms.ts";
import { fenOf, rowsOf, totalOf } from "./paid-run.ts";
import { currentWalk, hasScripts } from "./walk.ts";

test.describe.configure({ mode: "serial" });
// One cooperative's day, by several people one after the other.
test.setTimeout(240_000);

const sum = (fen: readonly number[]) => fen.reduce((total, each) => total + each, 0);
const numberOf = (order: string) => order.slice(-16);

/** The orders that came in the night, their buyers' browsers, and the boxes they are packed into. */
const orders: string[] = [];
let parcels: string[] = [];

test("1. what a household brings in the morning is weighed by its card", async ({ page }) => {
  await become(page, null);
  orders.push(await placeAndPay(page));
  await become(page, null);
  // Of another household, most likely: two are paid then.
  orders.push(await placeAndPay(page, 4));
  await become(page, currentWalk().manager);
  await page.goto("/coop");
  await expectAccessible(page);
  const cards = [...(await html(page, "/coop/intake/cards")).matchAll(/\b(\d{4}) (\d{4})\b/g)];
  const [, first = "", rest = ""] = cards.at(-1) ?? [];
  await page.goto("/coop/intake");
  await page.locator("[name=household]").fill(first + rest);
  await page.locator("[name=category]").selectOption({ index: 1 });
  await page.locator("[name=tare]").fill("0.5");
  await page.locator("[name=gross]").fill("10.5");
  await page.locator("#weigh-in > button").click();
  if (hasScripts()) {
    await expect(page.locator("[data-kept] li[data-is=sent]").first()).toBeVisible();
  } else await expect(page).toHaveURL(/\/coop\/intake\?after=/);
  await page.goto("/coop/intake");
  await expect(page.locator("main table").first()).toContainText("10");
});

test("2. the night's orders are accepted together, and listed by parcel, product and household", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  parcels = [];
  for (const order of orders) parcels.push(await parcelOf(page, order));
  await chooseParcels(page, "waiting", parcels);
  await expectAccessible(page);
  await takeChosen(page, "accept");
  await expectAccessible(page);
  for (const order of orders) await expect(page.locator("main")).toContainText(numberOf(order));
  await expect(page.locator("main .badge.tone-leaf")).toHaveCount(2);

  await chooseParcels(page, "accepted", parcels);
  await page.locator('#chosen button[formaction="/coop/packing-list"]').click();
  await expect(page.locator("main article")).toHaveCount(2);
  await expectAccessible(page);
  for (const by of ["parcel", "product", "household"]) {
    await page.goto(`/coop/packing-list?state=accepted&by=${by}`);
    await expect(page.locator("main .card").first()).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("header").first()).toBeHidden();
    await expect(page.locator("main .card").first()).toBeVisible();
    await page.emulateMedia({ media: null });
  }
});

test("3. the boxes are ticked, what is short goes back, and they are packed together; a second sending packs nothing twice", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  const [large = ""] = parcels;
  await page.goto(`${large}/shortages`);
  await page.locator("[name=line]").first().check();
  await page.locator("[name=quantity]").fill("1");
  await page.locator("[name=reason][value=gone]").check();
  await page.locator("main form button").click();
  await expect(page).toHaveURL(new RegExp(`${large}$`));
  await expect(page.locator("#refunds")).toContainText(/¥/);
  const ticks = page.locator("form[action$='/ticks']");
  for (const line of await ticks.locator("[name=line]").all()) {
    if (hasScripts()) {
      const kept = page.waitForResponse((answer) => answer.request().method() === "POST");
      await line.check();
      await kept;
    } else await line.check();
  }
  if (!hasScripts()) await ticks.locator("button").click();
  await page.goto(large);
  for (const line of await page.locator("form[action$='/ticks'] [name=line]").all()) {
    await expect(line).toBeChecked();
  }

  await chooseParcels(page, "accepted", parcels);
  await takeChosen(page, "pack");
  await expect(page.locator("main .badge.tone-leaf")).toHaveCount(2);
  // The line was slow, and she presses once more on the page before.
  await page.goBack();
  for (const parcel of parcels) {
    await page.locator(`input[name="parcel"][value="${parcel.slice(-36)}"]`).check();
  }
  await takeChosen(page, "pack");
  await expect(page.locator("main .badge.tone-leaf")).toHaveCount(0);
  await expect(page.getByRole("status")).toContainText(/0/);
  await expectAccessible(page);
});

test("4. labels are printed for both, and their numbers, typed beside each, are looked at before they leave", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  await chooseParcels(page, "packed", parcels);
  await page.locator("#chosen button").last().click();
  await expect(page).toHaveURL(/\/coop\/packing-list\/labels\?/);
  await expect(page.locator(".label-sheet")).toHaveCount(2);
  await expectAccessible(page);

  await chooseParcels(page, "packed", parcels);
  await page.locator('#chosen button[formaction="/coop/parcels/chosen/shipment"]').click();
  await expectAccessible(page);
  const numbers = parcels.map((_, at) => `SF${Date.now()}${at}`);
  const fields = page.locator('main [name^="number-"]');
  await fields.nth(0).fill("12");
  await fields.nth(1).fill(numbers[1] ?? "");
  await page.locator("main form button").click();
  await expect(page).toHaveURL(/\/coop\/tracking\/[0-9a-f-]{36}$/);
  await expect(page.locator("main .badge.tone-red")).toHaveCount(1);
  await expectAccessible(page);
  await page.locator("main form button").click();
  await expect(page.getByRole("status")).toBeVisible();

  const [large = "", small = ""] = parcels;
  await page.goto(small);
  await expect(page.locator("main")).toContainText(numbers[1] ?? "-");
  await page.goto(`${large}/shipment`);
  await page.locator('[name="trackingNumber"]').fill(numbers[0] ?? "");
  await page.locator("main form button:not([type=button])").first().click();
  await expect(page).toHaveURL(new RegExp(`${large}$`));
  await expect(page.locator("main")).toContainText(numbers[0] ?? "-");
});

test("5. the households are paid: prepared by one, approved by another, one bounced, and slips, run and ledger agree to the fen", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  await page.goto("/coop/payouts");
  const shown = fenOf((await page.locator("main .price").first().textContent()) ?? "");
  await page.locator('main form[method="post"] button').first().click();
  await expect(page).toHaveURL(/\/coop\/payouts\/[0-9a-f-]{36}$/);
  const run = new URL(page.url()).pathname;
  const total = await totalOf(page);
  expect(total, "the run pays what its preview said").toBe(shown);
  const number = /JS\d{8}-[0-9A-F]{6}/.exec(await html(page, run))?.[0] ?? "";
  await expect(page.locator(`form[action="${run}/confirmation"]`)).toHaveCount(0);
  expect((await page.request.get(`${run}/pain.001.xml`)).status()).toBe(404);

  await become(page, currentWalk().bookkeeper);
  await page.goto("/coop/payouts/account");
  for (const [name, value] of [
    ["name", "试单合作社"],
    ["number", "6228480012345678"],
    ["bank", "农业银行"],
  ] as const) {
    await page.locator(`[name="${name}"]`).fill(value);
  }
  await page.locator("main form button").first().click();
  await expect(page).toHaveURL(/\/coop\/payouts#account$/);
  await page.goto(run);
  await page.locator(`form[action="${run}/confirmation"] button`).click();
  await expect(page.locator(`form[action="${run}/confirmation"]`)).toHaveCount(0);
  await expectAccessible(page);

  const file = await rowsOf(page, run);
  expect([sum(file.items.map(({ fen }) => fen)), file.sumFen]).toEqual([total, total]);
  const iso = await (await page.request.get(`${run}/pain.001.xml`)).text();
  const [, control = ""] = /<CtrlSum>([\d.]+)<\/CtrlSum>/.exec(iso) ?? [];
  expect(fenOf(control)).toBe(total);
  expect(iso.match(/<CdtTrfTxInf>/g)).toHaveLength(file.items.length);

  const [bounced, ...paid] = file.items;
  if (!bounced) throw new Error("the run pays nobody");
  const answers = [
    `${file.head},状态,原因`,
    `${bounced.row},退回,账号不对`,
    ...paid.map(({ row }) => `${row},成功,`),
  ];
  await page.goto("/coop/payouts/answers");
  await page.locator('main input[type="file"]').setInputFiles({
    ...{ name: "answers.csv", mimeType: "text/csv" },
    buffer: Buffer.from(answers.join("\r\n")),
  });
  await page.locator('main form[enctype="multipart/form-data"] button').click();
  await expect(page).toHaveURL(/\/coop\/payouts\/answers\/[0-9a-f-]{36}$/);
  await page.locator('main form[method="post"] button').click();
  await expect(page.getByRole("status")).toBeVisible();
  await page.goto("/coop/payouts");
  const owed = page.locator("main table").first().locator("tr", { hasText: bounced.code });
  await expect(owed).toContainText(
    `¥${(bounced.fen / 100).toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",")}`,
  );

  // What stands in the ledger of each household, as the county reads it.
  await become(page, currentWalk().officer);
  const entries: { code: string; fen: number }[] = [];
  for (const { code } of file.items) {
    const slip = await (await page.request.get(`/relief/accounts/${code}/statement.csv`)).text();
    for (const row of slip.split("\r\n").filter((line) => line.includes(number))) {
      const [into = "", out = ""] = row.split(",").slice(-3, -1);
      entries.push({ code, fen: fenOf(out || "0") - fenOf(into || "0") });
    }
  }
  const wentOut = entries.filter(({ fen }) => fen > 0);
  expect(wentOut).toEqual(file.items.map(({ code, fen }) => ({ code, fen })));
  expect(entries.filter(({ fen }) => fen < 0)).toEqual([{ code: bounced.code, fen: -bounced.fen }]);
});

test("6. who did what of it stands in the record of acts, in words", async ({ page }) => {
  await become(page, currentWalk().manager);
  await page.goto("/coop/audit");
  await expectAccessible(page);
  const acts = page.locator("main table").first();
  await expect(acts).toContainText(numberOf(orders[0] ?? ""));
  await expect(acts).not.toContainText(
    /tracking_number|"status"|[a-z]_[a-z]|[0-9a-f]{8}-[0-9a-f]{4}-/,
  );
  const parcel = await linkOn(
    page,
    "/coop/audit?what=parcel.packed",
    /\/coop\/parcels\/[0-9a-f-]{36}/,
  );
  expect(parcels).toContain(parcel);
});
