import { defineConfig } from "@playwright/test";
import { findChromium } from "#scripts/test/find-chromium.ts";

const phone = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  locale: "zh-CN",
};
const desktop = { viewport: { width: 1280, height: 800 }, locale: "en-GB" };
const noscript = { javaScriptEnabled: false };
/** These look at what the server answers, or at pages that are the same with scripts and without. */
const withScriptsOnly = [
  "**/bad-input/*.spec.ts",
  "**/{2g,ahead,aloud,bare,bars,camera,camera-allowed,consent,early,easy-offline,gate,intake-offline,left-photos,mended,offline,offline-draft,old-phone,pages,photo-choice,photo-upload,private,same-for-all,same-key,script-bytes,still,suggestions,typed,whole-words}.spec.ts",
];
/** What forms do, sent twice or late: with scripts on the phone, without on the desk. */
const oncePerWay = ["**/{drafts,language,twice}.spec.ts"];

/**
 * The browser journeys, on a market that `npm test` has started and seeded (BASE_URL). Each runs
 * with scripts and without, on a phone and on a desk; but what is the same in every language and
 * at every width only once: @any-phone on the phone, @any-desktop on the desk.
 */
export default defineConfig({
  testDir: "e2e",
  outputDir: "../test-results",
  timeout: 120_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  use: {
    baseURL: process.env.BASE_URL ?? "http://localhost:3000",
    timezoneId: "Asia/Shanghai",
    // The farm's worker fetches in the background; the journeys without a signal let it in.
    serviceWorkers: "block",
    // Watching costs a fifth of the time; ask for it by hand with --trace on.
    trace: "off",
    screenshot: "only-on-failure",
    // Chromium's own sandbox needs rights that root in a container does not have.
    launchOptions: { executablePath: findChromium(), args: ["--no-sandbox"] },
  },
  projects: [
    { name: "phone-zh", use: phone, grepInvert: /@any-desktop/ },
    {
      name: "phone-zh-noscript",
      use: { ...phone, ...noscript },
      testIgnore: [...withScriptsOnly, ...oncePerWay, "**/{cancel,running}.spec.ts"],
    },
    { name: "desktop-en", use: desktop, grepInvert: /@any-phone/, testIgnore: oncePerWay },
    {
      name: "desktop-en-noscript",
      use: { ...desktop, ...noscript },
      testIgnore: withScriptsOnly,
    },
  ],
});
