import { expect, type Page, test } from "@playwright/test";
import sharp from "sharp";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { phonePhoto } from "#tests/factories/phone-photo.ts";
import { become } from "../become.ts";
import {
  expectRefused,
  type Fields,
  fieldsOf,
  formData,
  mainText,
  sample,
  send,
  without,
} from "../forms.ts";
import { CONTROLS, EMOJI, LONG, NOWHERE, notWhole, SCRIPT, SQL, TOO_LONG } from "../hostile.ts";
import { currentWalk, otherFarmer } from "../walk.ts";

const FORM = "/farm/listings/new/whole";
const FAR = "9".repeat(30);
const TWENTY_MB = 20 * 1024 * 1024 + 1;

let photo: Buffer<ArrayBuffer>;
let photoId = "";
let good: Fields;
let before: string[] = [];

const jpeg = (bytes: Uint8Array<ArrayBuffer>, name = "IMG_1.jpg") =>
  new File([bytes], name, { type: "image/jpeg" });
/** A small photo of one grey. */
async function plain(grey: number): Promise<File> {
  const background = { r: grey, g: grey, b: grey };
  const create = { width: 64, height: 48, channels: 3, background } as const;
  return jpeg(Buffer.from(await sharp({ create }).jpeg().toBuffer()));
}
const post = (page: Page, fields: Fields, files: File[] = []) =>
  send(page, FORM, formData(fields, files));

/** The listings and drafts that she finds among her own; how many are left others change. */
async function ownOffers(page: Page): Promise<string[]> {
  const html = await (await page.request.get("/farm/listings")).text();
  const paths = html.matchAll(/\/farm\/listings\/(?:drafts\/)?[0-9a-f-]{36}/g);
  return [...new Set([...paths].map(([path]) => path))];
}

test.beforeAll(async ({ browser }) => {
  photo = Buffer.from(await phonePhoto({ width: 640, height: 480 }));
  const page = await (
    await browser.newContext({ baseURL: test.info().project.use.baseURL })
  ).newPage();
  await become(page, currentWalk().farmer);
  const { clientKey = "" } = await fieldsOf(page, FORM);
  good = {
    ...{ clientKey, category: "apple", title: "挑剔苹果", titleEn: "", grade: "first" },
    ...{ unit: "bag", unitGrams: "2000", price: "12.50", quantity: "3" },
    harvestedOn: shanghaiDay(new Date()),
  };
  before = await ownOffers(page);
  expect(before).not.toEqual([]);
  // The first refusal keeps her photo; all others are sent with it.
  const refused = await post(page, { ...good, price: "" }, [jpeg(photo)]);
  photoId = /name="photoId"[^>]*value="([0-9a-f-]{36})"/.exec(refused.html)?.[1] ?? "";
  expect(photoId).not.toBe("");
  await page.context().close();
});

const cases: Record<string, readonly string[]> = {
  title: [LONG, TOO_LONG, "苹".repeat(61)],
  titleEn: [LONG, "x".repeat(121)],
  price: ["", " ", "-1", "0", "0.001", "1e99", "1,5", "NaN", FAR, "一", EMOJI, SCRIPT, SQL, LONG],
  quantity: [...notWhole, "0", "-3", "100001", FAR],
  unitGrams: [...notWhole, "0", "-5", "1000001", FAR],
  harvestedOn: ["", "2026-02-30", "1999-01-01", "2099-01-01", "+12026-01-01", "明天", SQL, LONG],
  category: ["", "no-such-crop", "__proto__", SQL, LONG],
  grade: ["", "royal", SCRIPT],
  unit: ["", "tonne", LONG],
};
/** Browsers keep no foreign value in these. */
const choosers = ["category", "grade", "unit", "harvestedOn"];

for (const [field, values] of Object.entries(cases)) {
  test(`a listing with a bad ${field} is refused; its photo and the rest are kept`, async ({
    page,
  }) => {
    await become(page, currentWalk().farmer);
    for (const typed of sample(values)) {
      await test.step(JSON.stringify(typed).slice(0, 40), async () => {
        const answer = await post(page, { ...good, [field]: typed, photoId });
        const isShown = !choosers.includes(field) && typed.length <= 10_000;
        const shown = isShown ? { [field]: typed === CONTROLS ? "" : typed } : {};
        const kept = { ...without(good, field), ...shown };
        await expectRefused(page, answer, { field, kept, photoId });
      });
    }
    expect(await ownOffers(page)).toEqual(before);
  });
}

const text = new TextEncoder().encode("dear diary, today I picked apples\n");
const photos: Record<string, () => File[] | Promise<File[]>> = {
  "a text that calls itself a photo": () => [jpeg(text)],
  "an empty file": () => [jpeg(new Uint8Array())],
  "a photo cut off on its way": () => [jpeg(photo.subarray(0, photo.length / 2))],
  "a photo of 20 MB and more": () => [jpeg(Buffer.concat([photo, Buffer.alloc(TWENTY_MB)]))],
  "six photos that are 130 MB and more": () =>
    Array.from({ length: 6 }, () => jpeg(Buffer.concat([photo, Buffer.alloc(22 * 1024 * 1024)]))),
  "a drawing with a script in it": () => [jpeg(Buffer.from(`<svg onload="alert(1)"/>`), "a.svg")],
  "a hostile name": () => [jpeg(text, "../../<script>alert(1)</script>.jpg")],
  "a photo of 60 million pixels": async () => {
    const size = { width: 10_000, height: 6_000, channels: 3, background: "#888" } as const;
    return [jpeg(Buffer.from(await sharp({ create: size }).jpeg({ quality: 1 }).toBuffer()))];
  },
  // One is kept already; the same photo sent twice is one.
  "six more photos": () => Promise.all(Array.from({ length: 6 }, (_, index) => plain(index * 40))),
};

for (const [name, files] of Object.entries(photos)) {
  test(`a listing with ${name} is refused; what was good of it is kept`, async ({ page }) => {
    await become(page, currentWalk().farmer);
    const answer = await post(page, { ...good, photoId }, await files());
    await expectRefused(page, answer, { field: "photo", kept: good, photoId });
    expect(await ownOffers(page)).toEqual(before);
  });
}

test("a listing takes no photo of another's, no unknown photo and no key made by hand", async ({
  page,
}) => {
  await become(page, otherFarmer());
  const others = await ownOffers(page);
  for (const id of sample([photoId, NOWHERE, "no-id", SQL])) {
    const answer = await post(page, { ...good, photoId: id });
    await expectRefused(page, answer, { field: "photo", kept: good });
  }
  for (const clientKey of sample(["", "x", SQL, LONG])) {
    const answer = await post(page, { ...good, clientKey });
    expect(answer.status).toBe(422);
    expect(answer.html).toContain('role="alert"');
  }
  expect(await ownOffers(page)).toEqual(others);
});

test("a title that looks like a program is sold as the text it is", async ({ page }) => {
  await become(page, currentWalk().farmer);
  const title = `<b>${EMOJI}</b> ${SQL}`;
  const answer = await post(page, { ...good, title, quantity: "１", photoId });
  expect(answer.status).toBe(303);
  const path = answer.location.split("?")[0] ?? "";
  expect(await mainText(page, path)).toContain(title);
  expect(await mainText(page, path.replace("/farm/listings", "/produce"))).toContain(title);
  expect((await send(page, `${path}/withdrawal`, {})).status).toBe(303);
});
