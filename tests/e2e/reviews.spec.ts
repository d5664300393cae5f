import { expect, type Page, test } from "@playwright/test";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { expectAccessible } from "./accessible.ts";
import { checkoutFields, OPERATOR } from "./all-pages.ts";
import { become } from "./become.ts";
import { expectRefused, fieldsOf, formData, html, linkOn, send } from "./forms.ts";
import { SCRIPT } from "./hostile.ts";
import { currentWalk, payWithCard, reloadUntil } from "./walk.ts";

const UUID = "[0-9a-f-]{36}";

type Cookies = Awaited<ReturnType<ReturnType<Page["context"]>["cookies"]>>;

async function return_(page: Page, cookies: Cookies): Promise<void> {
  await page.context().clearCookies();
  await page.context().addCookies(cookies);
}

/** A unit of what the walk's own farmer sells, paid for by a guest, and brought to her door. */
async function orderThatCame(
  page: Page,
): Promise<{ produce: string; order: string; buyer: Cookies }> {
  await become(page, currentWalk().farmer);
  const listed = await html(page, "/farm/listings");
  const own = listed.match(new RegExp(`/farm/listings/${UUID}`, "g")) ?? [];
  await become(page, null);
  // What other journeys have sold out or keep for a cycle has no form.
  let produce = "";
  for (const path of own.map((each) => each.replace("/farm/listings", "/produce"))) {
    if (!(await html(page, path)).includes('name="quantity"')) continue;
    produce = path;
    break;
  }
  const form = await fieldsOf(page, produce, "main form.card");
  await send(page, produce, { ...form, quantity: "1" });
  const placed = await send(page, "/checkout", await checkoutFields(page));
  await page.goto(placed.location);
  await payWithCard(page, "4242424242424242");
  await expect(page).toHaveURL(/\/orders\/TJ\d{14}/);
  const paid = async () => /已付款|Paid/.test((await page.locator("main").textContent()) ?? "");
  await reloadUntil(page, paid);
  const order = new URL(page.url()).pathname;
  expect(await html(page, order)).not.toContain("/review");
  const buyer = await page.context().cookies();
  await become(page, currentWalk().manager);
  const number = order.split("/").at(-1) ?? "";
  const board = "/coop/parcels?state=waiting";
  const parcel = await linkOn(page, board, new RegExp(`/coop/parcels/${UUID}(?=">${number})`));
  for (const step of ["acceptance", "packing"]) await send(page, `${parcel}/${step}`, {});
  const sent = { carrier: "sf", trackingNumber: `SF${number.slice(2)}` };
  await send(page, `${parcel}/shipment`, sent);
  await send(page, `${parcel}/delivery`, {});
  await return_(page, buyer);
  return { produce, order, buyer };
}

test("a buyer reviews what came, the cooperative answers, a reader reports, the operator hides it", async ({
  page,
}) => {
  test.slow();
  const { produce, order, buyer } = await orderThatCame(page);
  const words = `脆甜 crisp ${Date.now().toString(36)}`;

  // From her orders to the form.
  await page.goto("/orders");
  await page.locator(`main a[href="${order}#reviews"]`).click();
  await page.locator(`#reviews a[href^="${order}/lines/"]`).click();
  await expect(page).toHaveURL(/\/review$/);
  const path = new URL(page.url()).pathname;
  await expectAccessible(page);

  // What is refused is said beside the field, and nothing is lost, nor a photo.
  const photo = Buffer.from(await phonePhoto({ width: 320, height: 240 }));
  await page.locator('[name="body"]').fill("微信 13800000000");
  await page.locator("#field-photo").setInputFiles({
    ...{ name: "果.jpg", mimeType: "image/jpeg", buffer: photo },
  });
  await page.locator("main form button[type=submit]").last().click();
  await expect(page.locator("#field-stars-error")).toBeVisible();
  await expect(page.locator("#field-body-error")).toBeVisible();
  await expect(page.locator('[name="body"]')).toHaveValue("微信 13800000000");
  await expect(page.locator('[name="photoId"]')).toBeChecked();
  await expectAccessible(page);
  const hostile = { stars: "5", body: SCRIPT, seenVersion: "0" };
  const refused = await send(page, path, formData(hostile));
  await expectRefused(page, refused, { field: "body", kept: { stars: "5", body: SCRIPT } });

  await page.locator('[name="stars"][value="2"]').check();
  await page.locator('[name="body"]').fill(words);
  await page.locator("main form button[type=submit]").last().click();
  await expect(page.getByRole("status")).toBeVisible();
  await expectAccessible(page);

  // Everybody reads it, with the photo and without her name; the cooperative answers.
  const shown = `${produce}/reviews`;
  const mine = () => page.locator("main article", { hasText: words });
  await page.goto(shown);
  await expect(mine()).toHaveCount(1);
  await reloadUntil(page, async () => (await mine().locator("img").count()) > 0);
  await expect(page.locator("main")).not.toContainText(/试单买家|13800009999/);
  await expectAccessible(page);
  await become(page, currentWalk().manager);
  await page.goto("/coop/reviews?show=unanswered");
  await mine().getByRole("link").last().click();
  await page.locator('[name="body"]').fill("谢谢 thank you");
  await expectAccessible(page);
  await page.locator("main form button[type=submit]").click();
  await expect(page).toHaveURL(/\/coop\/reviews$/);
  await return_(page, buyer);
  await page.goto(shown);
  await expect(mine()).toContainText("谢谢 thank you");

  // Anybody reports, the operator decides.
  await become(page, null);
  await page.goto(shown);
  await mine().locator('a[href$="/report"]').click();
  await page.locator('[value="off-topic"]').check();
  await expectAccessible(page);
  await page.locator("main form button[type=submit]").click();
  await expect(page.getByRole("status")).toBeVisible();
  await become(page, OPERATOR);
  await page.goto("/operations/reviews");
  await mine().getByRole("link").last().click();
  await page.locator('[value="hide-off-topic"]').check();
  await expectAccessible(page);
  await page.locator("main form button[type=submit]").click();
  await expect(page).toHaveURL(/\/operations\/reviews$/);
  await become(page, null);
  await page.goto(shown);
  await expect(mine()).toHaveCount(0);
  await return_(page, buyer);
  await page.goto(path);
  await expect(page.locator("main .notice.tone-red")).toBeVisible();
  await expect(page.locator("main textarea")).toHaveCount(0);
});
