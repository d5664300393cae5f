import { expect, test } from "@playwright/test";
import { loseSignal, openFarm } from "./offline-farm.ts";
import { faultsAt } from "./sound.ts";
import { giveVoice } from "./voice.ts";

test.use({ serviceWorkers: "allow" });

test("without a signal the easy mode stays: large, no wider than the phone, and read aloud", {
  tag: "@any-phone",
}, async ({ page, context, baseURL }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await giveVoice(page);
  await openFarm(page);
  await context.addCookies([{ name: "farm-mode", value: "easy", url: baseURL ?? "" }]);
  const easy = page.locator("html[data-mode=easy]");
  const fontSize = () =>
    page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
  const faults: string[] = [];
  const look = async () => {
    await expect(easy).toHaveCount(1);
    await expect.poll(fontSize).toBeGreaterThanOrEqual(20);
    for (const size of ["", "250%"]) faults.push(...(await faultsAt(page, size)));
  };

  // The pages that are read on the way are those that the phone keeps.
  await page.goto("/farm/listings");
  await look();
  await page.goto("/farm/offline#new");
  await expect(page.locator("[data-with-script]")).toBeVisible();
  await page.locator(".crop-group summary").first().click();
  await look();

  await loseSignal(context);
  await page.goto("/farm/earnings/payouts?page=99");
  await expect(page.locator("[data-no-signal]")).toBeVisible();
  await look();
  const button = page.locator("main .read-aloud").first();
  await button.click();
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said.join(" "));
  const words = await page.locator("[data-no-signal] .notice p").innerText();
  const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");
  expect(plain(said)).toContain(plain(words));
  expect(faults).toEqual([]);
});
