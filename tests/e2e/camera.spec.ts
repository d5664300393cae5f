import { expect, type Page, test } from "@playwright/test";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import { currentWalk } from "./walk.ts";

/** From the next page on this browser's camera sees these codes, all at once. */
async function showToCamera(page: Page, ...codes: string[]): Promise<void> {
  await page.addInitScript((seen) => {
    Object.assign(window, {
      BarcodeDetector: class {
        static async getSupportedFormats(): Promise<string[]> {
          return ["qr_code", "code_128"];
        }
        detect = async () => seen.map((rawValue) => ({ rawValue }));
      },
    });
    navigator.mediaDevices.getUserMedia = async () => new MediaStream();
    HTMLMediaElement.prototype.play = async () => {};
  }, codes);
}

const tapCamera = (page: Page) => page.locator("[data-scan] button").click();

test("a phone's camera reads a household's card into the scale's form, and a box's label leads to its parcel @any-phone", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  const [, first = "", rest = ""] =
    /\b(\d{4}) (\d{4})\b/.exec(await html(page, "/coop/intake/cards")) ?? [];
  const order = /TJ\d{14}/.exec(await html(page, "/coop/parcels?state=waiting"))?.[0] ?? "";
  await showToCamera(page, order, `${first}${rest}`);

  await page.goto("/coop/intake");
  await tapCamera(page);
  await expect(page.locator("[name=household]")).toHaveValue(`${first}${rest}`);
  await expect(page.locator("[name=category]")).toBeFocused();
  await expect(page.locator("[data-scan] video")).toBeHidden();
  await expect(page).toHaveURL(/\/coop\/intake$/);

  await page.goto("/coop/scan?do=open");
  await tapCamera(page);
  await expect(page).toHaveURL(/\/coop\/parcels\/[0-9a-f-]{36}/);
  await expect(page.locator("main")).toContainText(order);
});
