import { expect, test } from "vitest";
import { switchLocale } from "./switch-locale.ts";

function ask(chosen: unknown, publicUrl = "http://market.test") {
  const cookies: string[] = [];
  const setCookie = (cookie: string) => void cookies.push(cookie);
  const context = { locale: "zh" as const, publicUrl, setCookie };
  return { isSwitched: switchLocale(context, chosen), locale: context.locale as string, cookies };
}

test("a language button speaks for this answer and for the browser's next year", () => {
  expect(ask("en")).toEqual({
    isSwitched: true,
    locale: "en",
    cookies: ["lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"],
  });
  expect(ask("en", "https://market.test").cookies[0]).toMatch(/; Secure$/);
});

test("a form without the button, or with a language made by hand, changes nothing", () => {
  for (const chosen of [undefined, null, "", "fr", "en; Domain=evil.example", new File([], "x")]) {
    expect(ask(chosen)).toEqual({ isSwitched: false, locale: "zh", cookies: [] });
  }
});
