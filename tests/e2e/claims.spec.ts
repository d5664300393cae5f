import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { OPERATOR } from "./all-pages.ts";
import { become } from "./become.ts";
import {
  claimFields,
  claimFor,
  type Delivered,
  deliveredOrder,
  spoiledPhoto,
} from "./delivered.ts";
import { expectRefused, formData, html, linkOn, send } from "./forms.ts";
import { currentWalk, openBrowser } from "./walk.ts";

test.describe.configure({ mode: "serial" });

let page: Page;
let delivered: Delivered;
let claim: string;
let desk: string;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  page = await openBrowser(browser);
  delivered = await deliveredOrder(page);
});
test.afterAll(() => page.close());

const file = async () => {
  const photo = await spoiledPhoto();
  return { name: photo.name, mimeType: photo.type, buffer: Buffer.from(await photo.arrayBuffer()) };
};
const main = () => page.locator("main");
const press = (name: RegExp) => page.getByRole("button", { name }).click();

test("a buyer's form that comes back keeps her photos, her words and what she chose", async () => {
  await page.goto(delivered.order);
  await main().locator(`a[href="${delivered.form}"]`).click();
  await expectAccessible(page);
  await page.locator('[name="words"]').fill("下面一层全烂了 <b>");
  await page.locator('input[type="file"]').setInputFiles(await file());
  await press(/提交申请|Send the claim/);
  await expect(page.getByRole("alert")).toContainText(/坏了的货|spoiled/);
  await expectAccessible(page);
  await expect(page.locator('[name="words"]')).toHaveValue("下面一层全烂了 <b>");
  const photo = page.locator('[name="photoId"]');
  await expect(photo).toHaveCount(1);
  await expect(photo).toBeChecked();
  await page.locator('.crops input[value="50"]').first().check({ force: true });
  await press(/提交申请|Send the claim/);
  await expect(page).toHaveURL(/\/orders\/TJ\d{14}\/claims\/[0-9a-f-]{36}$/);
  claim = new URL(page.url()).pathname;
  await expect(main()).toContainText(/等合作社答复|Waits for the cooperative/);
  await expect(main()).toContainText("下面一层全烂了 <b>");
  await expectAccessible(page);
});

test("its photos are hers, her cooperative's, and nobody else's", async () => {
  const photo = await linkOn(page, claim, /\/orders\/TJ\d{14}\/claim-photos\/[0-9a-f-]{36}/);
  const shown = await page.request.get(photo);
  expect(shown.status()).toBe(200);
  expect(shown.headers()["cache-control"]).toContain("private");
  const bytes = await shown.body();
  for (const trace of ["Exif", "GPS", "secret-orchard"]) expect(bytes.includes(trace)).toBe(false);
  const id = photo.split("/").at(-1);
  desk = claim.replace(/^\/orders\/TJ\d{14}/, "/coop");
  await become(page, currentWalk().manager);
  expect((await page.request.get(`${desk}/photos/${id}`)).status()).toBe(200);
  const others = [null, currentWalk().farmer, OPERATOR] as const;
  for (const who of others) {
    await become(page, who);
    for (const path of [photo, claim]) {
      expect((await page.request.get(path)).status(), `${who} ${path}`).toBe(404);
    }
  }
  const ofOperator = desk.replace("/coop", "/operations");
  for (const path of [ofOperator, `${ofOperator}/photos/${id}`]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
  const stranger = currentWalk().manager === "+8610000000003" ? "+8610000000004" : "+8610000000003";
  await become(page, stranger);
  for (const path of [desk, `${desk}/photos/${id}`]) {
    expect((await page.request.get(path)).status(), path).toBe(404);
  }
  for (const path of [desk, `${desk}/fault`]) {
    expect((await send(page, path, { answer: "refuse" })).status, path).toBe(404);
  }
  await become(page, null);
  for (const step of ["acceptance", "escalation"]) {
    expect((await send(page, `${claim}/${step}`, {})).status, step).toBe(404);
  }
  const form = await send(page, delivered.form, formData({}, [await spoiledPhoto()]));
  expect(form.status).toBe(404);
});

test("the cooperative sees it first, is told what is missing, and offers less", async () => {
  await become(page, currentWalk().manager);
  await page.goto("/coop/claims");
  await expectAccessible(page);
  await main().locator(`a[href="${desk}"]`).click();
  await expectAccessible(page);
  await page.locator('[name="answer"][value="offer"]').check();
  await page.locator('[name="amount"]').fill("99999");
  await press(/答复买家|Answer the buyer/);
  await expect(page.getByRole("alert")).toBeVisible();
  for (const name of ["amount", "reason"]) {
    await expect(page.locator(`[name="${name}"]`)).toHaveAttribute("aria-invalid", "true");
  }
  await expect(page.locator("#field-fault")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await page.locator('[name="amount"]').fill("1.23");
  await page.locator('[name="fault"][value="carrier"]').check();
  await page.locator('[name="reason"]').fill("看照片只坏了一点");
  await press(/答复买家|Answer the buyer/);
  await expect(main()).toContainText(/合作社提出少退|Less was offered/);
  await expect(page.locator('[name="answer"]')).toHaveCount(0);
});

test("the buyer asks the market to decide, and the operator does, once for good", async () => {
  await delivered.asBuyer();
  await page.goto(claim);
  await expect(main()).toContainText("¥1.23");
  await expectAccessible(page);
  await page.locator('[name="words"]').fill("不止这些");
  await press(/请平台来定|let the market decide/);
  await expect(main()).toContainText(/等平台来定|The market decides/);
  await become(page, OPERATOR);
  await page.goto("/operations");
  const decide = desk.replace("/coop", "/operations");
  await main().locator(`a[href="${decide}"]`).click();
  await expectAccessible(page);
  await expect(main()).toContainText("不止这些");
  await press(/定下来|^Decide$/);
  await expect(page.locator("#field-decision")).toHaveAttribute("aria-invalid", "true");
  await page.locator('[name="decision"][value="grant"]').check();
  await page.locator('[name="amount"]').fill("2.34");
  await page.locator('[name="fault"][value="farm"]').check();
  await page.locator('[name="reason"]').fill("照片清楚");
  await press(/定下来|^Decide$/);
  await expect(main()).toContainText("¥2.34");
  await expectAccessible(page);
  expect((await html(page, "/operations")).includes(decide)).toBe(false);
});

test("the money is on its way, and the cooperative can still take it on itself, once", async () => {
  await delivered.asBuyer();
  await page.goto(delivered.order);
  await expect(main()).toContainText("¥2.34");
  await expectAccessible(page);
  await become(page, currentWalk().manager);
  await page.goto(desk);
  await main().locator("summary").click();
  await press(/快递的责任|Fault: Carrier/);
  await expect(main()).toContainText(/合作社承担全部|bears all of it/);
  await expectAccessible(page);
  const again = await send(page, `${desk}/fault`, { fault: "cooperative" });
  expect(again.location).toContain("problem=already-assigned");
});

test("what no form of ours sends is answered beside its field, and nothing is lost", async () => {
  await delivered.asBuyer();
  const { form } = delivered;
  const line = async (percent: string) => claimFields(page, form, percent);
  const name = Object.keys(await line("10")).find((each) => each.startsWith("line-")) ?? "";
  const kept = { words: "<script>alert(1)</script>" };
  const first = await send(
    page,
    form,
    formData({ ...(await line("33")), ...kept }, [await spoiledPhoto()]),
  );
  await expectRefused(page, first, { field: name, kept });
  const photoId = /name="photoId"[^>]* value="([^"]+)"/.exec(first.html)?.[1] ?? "";
  const tooLong = await send(
    page,
    form,
    formData({ ...(await line("50")), words: "长".repeat(501), photoId }),
  );
  await expectRefused(page, tooLong, { field: "words", photoId });
  const noPhoto = await send(page, form, formData({ ...(await line("50")), ...kept }));
  await expectRefused(page, noPhoto, { field: "photo", kept });
  const strange = await send(
    page,
    form,
    formData({ ...(await line("50")), photoId: crypto.randomUUID() }),
  );
  await expectRefused(page, strange, { field: "photo" });
  const text = await send(
    page,
    form,
    formData(await line("50"), [new File(["no photo"], "a.jpg")]),
  );
  await expectRefused(page, text, { field: "photo" });
  // The same form twice is one claim.
  const fields = { ...(await line("25")), photoId };
  const both = [await send(page, form, formData(fields)), await send(page, form, formData(fields))];
  expect(both.map(({ status }) => status)).toEqual([303, 303]);
  expect(both[0]?.location).toBe(both[1]?.location);
});

test("a small first claim is settled at once", async () => {
  const other = await deliveredOrder(page);
  await page.goto(other.form);
  await expectAccessible(page);
  const made = await claimFor(page, other.form, "10");
  await page.goto(made);
  await expect(main()).toContainText(/已退款|Refunded/);
  await expectAccessible(page);
});
