import { expect, type Page, test } from "@playwright/test";
import { become } from "./become.ts";
import { send } from "./forms.ts";
import { photoFile } from "./photo-file.ts";
import { currentWalk, openBrowser } from "./walk.ts";

let page: Page;
let draft = "";

test.beforeEach(async ({ browser }) => {
  page = await openBrowser(browser);
  await become(page, currentWalk().farmer);
  await page.goto("/farm/listings/new");
  draft = new URL(page.url()).pathname.replace("/photos", "");
});
test.afterEach(async () => {
  await send(page, `${draft}/discard`, {});
  await page.context().close();
});

const choose = (...files: { name: string; mimeType: string; buffer: Buffer }[]) =>
  page.locator('input[name="photo"]').first().setInputFiles(files);
const jpeg = (width: number, height: number) => photoFile(width, { height, name: "梨.jpg" });
const item = (state: string) =>
  page.locator(`.photo-uploads [data-state="${state}"]:not([hidden])`);

test("a photo whose sending is cut ten times, with a reload in between, arrives", {
  tag: "@any-phone",
}, async () => {
  const lengths: number[] = [];
  const offsets: number[] = [];
  let pieces = 0;
  let cuts = 0;
  await page.context().route("**/farm/uploads**", async (route) => {
    const request = route.request();
    const headers = request.headers();
    if (request.method() === "POST") lengths.push(Number(headers["upload-length"]));
    if (request.method() !== "PATCH") return route.continue();
    // Of three pieces two are lost, until ten were; the one before them has arrived.
    pieces += 1;
    if (pieces % 3 !== 1 && cuts < 10) {
      cuts += 1;
      return route.abort("connectionreset");
    }
    offsets.push(Number(headers["upload-offset"]));
    return route.continue();
  });
  await choose(await jpeg(2400, 1800));
  await expect.poll(() => cuts, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
  const before = Math.max(...offsets);
  await page.reload();
  await expect(item("there")).toHaveCount(1, { timeout: 60_000 });
  expect(cuts).toBe(10);
  // It went on from where it was: nothing was sent from the start a second time.
  expect(before).toBeGreaterThan(0);
  expect(offsets.filter((offset) => offset === 0)).toHaveLength(1);
  expect(new Set(lengths).size).toBe(1);
  expect(lengths[0]).toBeLessThanOrEqual(300_000);
  await page.locator('#listing button[type="submit"]').last().click();
  await expect(page).toHaveURL(`${draft}/crop`);
  await page.goto(`${draft}/photos`);
  await expect(page.locator('input[name="photoId"]')).toHaveCount(1);
  await expect(page.locator(".photo-uploads li")).toHaveCount(0);
});

test("a tap on next waits for the photos; what is no photo says so; what she removes is gone", {
  tag: "@any-phone",
}, async () => {
  const letter = { name: "信.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo") };
  await page.context().setOffline(true);
  await choose(await jpeg(640, 480), letter, await jpeg(480, 640));
  await expect(item("stopped")).toHaveCount(1);
  await page.locator('#listing button[type="submit"]').last().click();
  await expect(page.locator("#listing [role=status]").first()).not.toBeEmpty();
  await expect(item("waiting")).toHaveCount(2);
  await page.locator(".photo-uploads li").last().getByRole("button").click();
  await page.context().setOffline(false);
  await expect(page).toHaveURL(`${draft}/crop`, { timeout: 60_000 });
  await page.goto(`${draft}/photos`);
  await expect(page.locator('input[name="photoId"]')).toHaveCount(1);
});

test("what is refused shows its reason, and neither a bar that is full nor a picture that is none", {
  tag: "@any-phone",
}, async () => {
  await choose({ name: "信.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photo") });
  await expect(item("refused")).toHaveCount(1, { timeout: 60_000 });
  await expect(item("refused").locator("span")).not.toBeEmpty();
  await expect(item("refused").locator("progress")).toBeHidden();
  await expect(item("refused").locator("img")).toBeHidden();
});

/** The market's own answer to every piece, given in its name. */
async function answerPieces(status: number, reason: string, headers: Record<string, string> = {}) {
  let asked = 0;
  await page.context().route("**/farm/uploads/**", (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    asked += 1;
    return route.fulfill({
      ...{ status, body: `market says ${reason}\n`, contentType: "text/plain; charset=utf-8" },
      headers: { "Tus-Resumable": "1.0.0", "Photo-Refused": reason, ...headers },
    });
  });
  return () => asked;
}
const next = () => page.locator('#listing button[type="submit"]').last().click();
const told = () => page.locator(".photo-uploads + [role=status]");

test("what may come right by itself is told, tried again, and holds nobody for ever", {
  tag: "@any-phone",
}, async () => {
  const asked = await answerPieces(503, "photo-store-away", { "Retry-After": "1" });
  await choose(await jpeg(640, 480));
  await expect(item("later")).toContainText("market says photo-store-away");
  await next();
  await expect(told()).toBeInViewport();
  await expect(page).toHaveURL(`${draft}/photos`);
  await expect.poll(asked, { timeout: 30_000 }).toBeGreaterThan(1);
  await next();
  await expect(page).toHaveURL(`${draft}/crop`);
  // It stayed in the phone: when the store is there again, it arrives.
  await page.context().unrouteAll();
  await page.goto(`${draft}/photos`);
  await expect(item("there")).toHaveCount(1, { timeout: 30_000 });
});

test("what will not come right by itself is told, and tried again or taken out when she says so", {
  tag: "@any-phone",
}, async () => {
  const asked = await answerPieces(429, "too-many-uploads-today");
  await choose(await jpeg(640, 480), await jpeg(480, 640));
  await expect(item("ended")).toHaveCount(2);
  await expect(item("ended").first()).toContainText("market says too-many-uploads-today");
  const before = asked();
  await item("ended").first().getByRole("button").first().click();
  await expect.poll(asked).toBe(before + 1);
  await item("ended").last().getByRole("button").last().click();
  await expect(item("ended")).toHaveCount(1);
  await page.context().unrouteAll();
  await item("ended").getByRole("button").first().click();
  await expect(item("there")).toHaveCount(1, { timeout: 30_000 });
  await next();
  await expect(page).toHaveURL(`${draft}/crop`);
});

test("a tap on next is given back when the market's answer comes after it", {
  tag: "@any-phone",
}, async () => {
  let answer = () => {};
  const tapped = new Promise<void>((done) => {
    answer = done;
  });
  await page.context().route("**/farm/uploads", async (route) => {
    await tapped;
    const headers = { "Photo-Refused": "too-many-uploads", "Retry-After": "600" };
    return route.fulfill({ status: 429, body: "market says wait", headers });
  });
  await choose(await jpeg(640, 480));
  await expect(item("waiting")).toHaveCount(1);
  await next();
  answer();
  await expect(item("later")).toContainText("market says wait");
  await expect(told()).not.toBeEmpty();
  await next();
  await expect(page).toHaveURL(`${draft}/crop`);
});

test("a photo whose pieces the market has dropped begins anew and arrives", {
  tag: "@any-phone",
}, async () => {
  let pieces = 0;
  let begun = 0;
  await page.context().route("**/farm/uploads**", async (route) => {
    const request = route.request();
    if (request.method() === "POST") begun += 1;
    if (request.method() !== "PATCH") return route.continue();
    pieces += 1;
    if (pieces === 2) await page.request.delete(request.url(), { headers: request.headers() });
    return route.continue();
  });
  await choose(await jpeg(2400, 1800));
  await expect(item("there")).toHaveCount(1, { timeout: 60_000 });
  expect(begun).toBe(2);
});
