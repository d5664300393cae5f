import { expect, type Page, test } from "@playwright/test";
import { fillCart } from "../all-pages.ts";
import { become } from "../become.ts";
import {
  cartOf,
  expectRefused,
  type Fields,
  fieldsOf,
  mainText,
  sample,
  send,
  without,
} from "../forms.ts";
import { CONTROLS, EMOJI, LONG, NOWHERE, notWhole, SCRIPT, SQL, TOO_LONG } from "../hostile.ts";

const ADDRESS = {
  ...{ recipient: "试单买家", phone: "13800009999", street: "田园路1号" },
  ...{ province: "510000", city: "510100", county: "510104" },
};

/** A new buyer with two of a listing in her cart. */
async function newBuyer(page: Page): Promise<string> {
  await become(page, null);
  const id = (await fillCart(page)).split("/").at(-1) ?? "";
  expect(await cartOf(page)).toEqual([expect.stringContaining(`${id} 2 `)]);
  return id;
}

test("into the cart goes no bad quantity, and what was typed stays", async ({ page }) => {
  const id = await newBuyer(page);
  const before = await cartOf(page);
  const { clientKey = "" } = await fieldsOf(page, `/produce/${id}`, "main form.card");
  for (const quantity of sample([
    ...notWhole,
    "0",
    "-1",
    "999",
    "1000",
    "9".repeat(30),
    LONG,
    TOO_LONG,
  ])) {
    await test.step(JSON.stringify(quantity).slice(0, 40), async () => {
      const answer = await send(page, `/produce/${id}`, { clientKey, quantity });
      const shown = quantity.replace(CONTROLS, "").slice(0, 10_000);
      await expectRefused(page, answer, {
        field: "quantity",
        kept: { clientKey, quantity: shown },
      });
    });
  }
  for (const key of sample(["", "x", LONG])) {
    const answer = await send(page, `/produce/${id}`, { clientKey: key, quantity: "1" });
    expect(answer.status).toBe(422);
  }
  for (const stranger of sample([NOWHERE, "no-id", encodeURIComponent(SQL)])) {
    const answer = await send(page, `/produce/${stranger}`, { clientKey, quantity: "1" });
    expect(answer.status).toBe(404);
  }
  expect(await cartOf(page)).toEqual(before);
});

test("the cart takes no bad quantity, no strange line and no price made by hand", async ({
  page,
}) => {
  const listingId = await newBuyer(page);
  const before = await cartOf(page);
  for (const quantity of sample([
    ...notWhole,
    "-1",
    "999",
    "1000",
    "9".repeat(30),
    LONG,
    TOO_LONG,
  ])) {
    await test.step(JSON.stringify(quantity).slice(0, 40), async () => {
      const answer = await send(page, "/cart", { listingId, quantity });
      const shown = quantity.replace(CONTROLS, "").slice(0, 10_000);
      await expectRefused(page, answer, {
        field: "quantity",
        kept: { listingId, quantity: shown },
      });
    });
  }
  for (const id of sample(["", "no-id", SQL, NOWHERE])) {
    const answer = await send(page, "/cart", { listingId: id, quantity: "1" });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  }
  for (const priceFen of sample(["1", "0", "-1", "1e99", "", SQL, LONG])) {
    const answer = await send(page, "/cart/prices", { listingId, priceFen });
    expect(answer).toMatchObject({ status: 303, location: "/cart" });
  }
  expect(await cartOf(page)).toEqual(before);
});

test("a number of too many digits is refused as it was typed, never cut short", async ({
  page,
}) => {
  const id = await newBuyer(page);
  for (const path of [`/produce/${id}`, "/cart"]) {
    await page.goto(path);
    const quantity = page.locator('input[name="quantity"]').first();
    await quantity.fill("");
    await quantity.pressSequentially("9999");
    await quantity.press("Enter");
    await expect(page.locator('input[name="quantity"][aria-invalid="true"]')).toHaveValue("9999");
  }
});

const cases: Record<string, readonly string[]> = {
  recipient: ["", "   ", CONTROLS, "\u200b", LONG, TOO_LONG, "田".repeat(41)],
  phone: [
    "",
    "  ",
    "123",
    "12345678901",
    "1380000999９９",
    "１３８",
    EMOJI,
    SCRIPT,
    SQL,
    LONG,
    "1e10",
  ],
  street: ["", "   ", CONTROLS, LONG, TOO_LONG, "路".repeat(121)],
  province: ["", "999999", "310100", "-1", SQL, SCRIPT, LONG],
  // A city of another province, a county of another city, a village.
  city: ["", "440100", "999999", SQL],
  county: ["", "510304", "510104001", "510000", SCRIPT],
};

test("the checkout refuses every bad field beside it and keeps the rest", async ({ page }) => {
  await newBuyer(page);
  const cart = await cartOf(page);
  // Three lists, one after the other: the last answer carries the whole form.
  const form = await fieldsOf(page, "/checkout", 'main form[action="/checkout"]');
  const good: Fields = { ...form, ...ADDRESS };
  for (const [field, values] of Object.entries(cases)) {
    for (const typed of sample(values)) {
      await test.step(`${field} ${JSON.stringify(typed).slice(0, 40)}`, async () => {
        const answer = await send(page, "/checkout", { ...good, [field]: typed });
        const isRegion = ["province", "city", "county"].includes(field);
        const shown = isRegion ? {} : { [field]: typed.replace(CONTROLS, "").slice(0, 10_000) };
        const later = { province: ["city", "county"], city: ["county"] }[field] ?? [];
        // The sum is of the region that was chosen, so it may be another one now.
        const kept = { ...without(good, field, "expectedTotalFen", ...later), ...shown };
        await expectRefused(page, answer, { field, kept });
      });
    }
  }
  expect(await cartOf(page)).toEqual(cart);
  expect(await mainText(page, "/orders")).not.toMatch(/TJ\d/);
});

test("the checkout believes no sum and no key made by hand", async ({ page }) => {
  await newBuyer(page);
  const cart = await cartOf(page);
  const form = await fieldsOf(page, "/checkout", 'main form[action="/checkout"]');
  const hidden: [string, string][] = [
    ...["1", "0", "-1", "0.5", "1e99", "NaN", "", SQL, LONG].map((sum): [string, string] => [
      "expectedTotalFen",
      sum,
    ]),
    ...["", "x", LONG].map((key): [string, string] => ["orderKey", key]),
  ];
  for (const [name, value] of hidden) {
    await test.step(`${name} ${value.slice(0, 20)}`, async () => {
      const answer = await send(page, "/checkout", { ...form, ...ADDRESS, [name]: value });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.html).toContain('role="alert"');
      for (const typed of Object.values(ADDRESS)) expect(answer.html).toContain(typed);
    });
  }
  expect(await cartOf(page)).toEqual(cart);
  expect(await mainText(page, "/orders")).not.toMatch(/TJ\d/);
});

test("a search for anything at all is a page, never a fault", async ({ page }) => {
  await become(page, null);
  const questions = ["", "   ", "%", "_", "\\", EMOJI, SCRIPT, SQL, CONTROLS, LONG, TOO_LONG];
  for (const q of sample([...questions, '"', "a:*&!(", "-", "AND OR NOT"])) {
    const query = new URLSearchParams({
      q,
      category: SQL,
      region: "-1",
      sort: SCRIPT,
      page: "1e99",
    });
    for (const path of sample([`/search?${new URLSearchParams({ q })}`, `/search?${query}`])) {
      const response = await page.request.get(path);
      expect(response.status(), path).toBe(200);
      expect(await response.text()).not.toContain("<script>alert");
    }
  }
});
