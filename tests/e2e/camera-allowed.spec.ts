import { expect, test } from "@playwright/test";
import { findChromium } from "#scripts/test/find-chromium.ts";
import { become } from "./become.ts";
import { html } from "./forms.ts";
import { currentWalk } from "./walk.ts";

// A camera of the browser's own that shows a made-up picture, and somebody who allows it, so that it is
// the page's own rules that are asked.
const fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
test.use({
  launchOptions: { executablePath: findChromium(), args: ["--no-sandbox", ...fake] },
});

const NUMBER = "75312345678901";

test("a carrier's number is read by the camera into the form of a packed parcel; refused, it says what to do, and no other page may ask @any-phone", async ({
  page,
}) => {
  await become(page, currentWalk().manager);
  const list = await html(page, "/coop/parcels?state=packed");
  const [, parcel = ""] = /href="(\/coop\/parcels\/[0-9a-f-]{36})"/.exec(list) ?? [];
  const order = /TJ\d{14}/.exec(list)?.[0] ?? "";
  await page.addInitScript(
    (seen) => {
      const camera = navigator.mediaDevices;
      const open = camera.getUserMedia.bind(camera);
      let times = 0;
      camera.getUserMedia = (asked) =>
        times++ === 0 ? Promise.reject(new DOMException("", "NotAllowedError")) : open(asked);
      Object.assign(window, {
        BarcodeDetector: class {
          static async getSupportedFormats(): Promise<string[]> {
            return ["code_128"];
          }
          // Our own label is on the same box.
          detect = async () => seen.map((rawValue) => ({ rawValue }));
        },
      });
    },
    [order, order.slice(2), NUMBER],
  );
  for (const path of [parcel, `${parcel}/shipment`]) {
    await page.goto(path);
    const camera = page.locator("[data-scan]");
    await camera.locator("button").click();
    await expect(camera.getByRole("alert")).toBeVisible();
    await camera.locator("button").click();
    await expect(page.locator("[name=trackingNumber]")).toHaveValue(NUMBER);
    await expect(camera.getByRole("alert")).toBeHidden();
    await expect(camera.locator("video")).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`${path}$`));
  }
  // She would allow it anywhere: another page of ours may not ask.
  const ask = () =>
    page.evaluate(async () => {
      const once = () => navigator.mediaDevices.getUserMedia({ video: true });
      await once().catch(() => {});
      return once().then(
        () => "opened",
        ({ name }) => name,
      );
    });
  expect(await ask()).toBe("opened");
  await page.goto("/coop/parcels");
  expect(await ask()).toBe("NotAllowedError");
  for (const [path, policy] of [
    ["/coop/scan", "camera=(self)"],
    ["/coop/intake", "camera=(self)"],
    ["/coop/tracking", "camera=()"],
    ["/", "camera=()"],
  ] as const) {
    const answer = await page.request.get(path);
    expect(answer.headers()["permissions-policy"], path).toContain(policy);
  }
});
