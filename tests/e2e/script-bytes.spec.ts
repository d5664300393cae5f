import { expect, test } from "@playwright/test";
import { scriptBytes } from "#scripts/bench/script-bytes.ts";

test("the scripts of no page weigh more than its reader's line bears", {
  tag: "@any-desktop",
}, async ({ baseURL }) => {
  const { value, detail } = await scriptBytes({ url: baseURL ?? "" });
  expect(value, JSON.stringify(detail, null, 2)).toBeLessThanOrEqual(1);
});
