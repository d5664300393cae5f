import { expect, test } from "@playwright/test";
import { become } from "../become.ts";
import { expectRefused, sample, send } from "../forms.ts";
import { CONTROLS, EMOJI, LONG, SCRIPT, SQL, TOO_LONG } from "../hostile.ts";
import { newNumber, readCode } from "../people.ts";
import { currentWalk } from "../walk.ts";

const numbers = [
  ["empty", ""],
  ["spaces", "   "],
  ["too short", "1380000"],
  ["too long", `1${"3".repeat(14)}`],
  ["of ten thousand characters", LONG],
  ["of more than that", TOO_LONG],
  ["with NUL and bells", `138${CONTROLS}`],
  ["a script", SCRIPT],
  ["SQL", SQL],
  ["an emoji", EMOJI],
  ["a power", "1e10"],
  ["two numbers", "13800000000,13800000001"],
] as const;

for (const [name, phone] of numbers) {
  test(`a phone number that is ${name} is refused beside its field`, async ({ page }) => {
    await become(page, null);
    const answer = await send(page, "/sign-in", { phone, to: "/orders" });
    const shown = phone.replace(CONTROLS, "").slice(0, 10_000);
    await expectRefused(page, answer, { field: "phone", kept: { to: "/orders", phone: shown } });
  });
}

test("a code that is none is refused, uses up no try, and the right one still counts", async ({
  page,
}) => {
  const phone = newNumber();
  await become(page, null);
  // A leading fullwidth digit, as a Chinese keyboard types it, is as good as any.
  const asked = await send(page, "/sign-in", { phone: phone.replace("1", "１"), to: "/orders" });
  expect(asked.location).toMatch(/^\/sign-in\/code/);
  for (const code of sample([
    "",
    "12345",
    "1234567",
    "1e5000",
    EMOJI,
    TOO_LONG,
    SCRIPT,
    CONTROLS,
  ])) {
    await expectRefused(page, await send(page, "/sign-in/code", { code }), { field: "code" });
  }
  const right = await readCode(page, `+86${phone}`);
  const other = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
  const missed = await send(page, "/sign-in/code", { code: other });
  expect(missed.status).toBe(422);
  // Four tries are left after one wrong code: none of the others was counted.
  expect(missed.html).toMatch(currentWalk().lang === "zh" ? /还可以试 4 次|4 次/ : /4 (more )?tr/);
  const entered = await send(page, "/sign-in/code", { code: right });
  expect(entered).toMatchObject({ status: 303, location: "/orders" });
});

test("the digits of a code stay when the language is changed, and when they are refused", async ({
  page,
}) => {
  const phone = newNumber();
  await become(page, null);
  await send(page, "/sign-in", { phone });
  await page.goto("/sign-in/code?sent=before");
  const code = page.locator('input[name="code"]');
  await code.fill("12 34");
  const [here, other] = currentWalk().lang === "zh" ? ["zh-CN", "en"] : ["en", "zh-CN"];
  const said = page.getByRole("status");
  const saidBefore = await said.textContent();
  await page.locator(`header button[lang="${other}"]`).click();
  await expect(page.locator("html")).toHaveAttribute("lang", other);
  await expect(code).toHaveValue("12 34");
  await page.locator(`header button[lang="${here}"]`).click();
  await expect(page.locator("html")).toHaveAttribute("lang", here);
  await expect(code).toHaveValue("12 34");
  await expect(said).toHaveText(saidBefore ?? "");
  // The Enter key enters the code; it does not change the language.
  await code.press("Enter");
  await expect(page.locator("#field-code-error")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", here);
  await expect(code).toHaveValue("12 34");
});

test("an unknown language falls back to one we have and leads to no other site", async ({
  page,
}) => {
  await become(page, null);
  for (const locale of sample([
    "",
    "xx",
    "zh-CN",
    "__proto__",
    LONG,
    SCRIPT,
    SQL,
    EMOJI,
    CONTROLS,
  ])) {
    const answer = await send(page, "/language", { locale, to: "//evil.example" });
    expect(answer).toMatchObject({ status: 303, location: "/" });
    const cookies = await page.context().cookies();
    expect(cookies.find(({ name }) => name === "lang")?.value).toMatch(/^(zh|en)$/);
  }
});
