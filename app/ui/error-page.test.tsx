import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { describe, expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { ErrorPage } from "./error-page.tsx";

const STATUSES = [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 502, 503];
const locales = ["zh", "en"] as const;

function drawn(status: number, locale: (typeof locales)[number]): string {
  return renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
      <ErrorPage status={status} />
    </IntlProvider>,
  );
}
const textOf = (html: string) => html.replaceAll(/<[^>]+>|&#?\w+;/g, " ");

describe("a page that failed", () => {
  test.each(locales)("bears no number, and tells what to do, in %s", (locale) => {
    for (const status of STATUSES) {
      const html = drawn(status, locale);
      expect(textOf(html), String(status)).not.toMatch(/\d/);
      expect(html).toMatch(/<h1[^>]*>[^<]+<\/h1>.*<a [^>]*href="\/[^"]*"[^>]*>[^<]+<\/a>/);
    }
  });

  test.each(locales)("that is not there is looked for at once, and leads on, in %s", (locale) => {
    const html = drawn(404, locale);
    expect(html).toMatch(/<form action="\/search" role="search".*name="q"/);
    for (const way of ["/", "/search", "/orders", "/account"]) {
      expect(html).toContain(`href="${way}"`);
    }
    expect(drawn(500, locale)).toContain('href="/orders"');
    expect(drawn(403, locale)).not.toContain('role="search"');
  });

  test("says of a form that came in half that nothing was changed, and not that there is no such page", () => {
    for (const status of [400, 422]) {
      expect(drawn(status, "zh")).toContain("没有收完整，什么都没有改动");
      expect(drawn(status, "zh")).not.toContain("没有找到");
    }
    expect(drawn(409, "zh")).toContain("另一户");
    expect(drawn(413, "zh")).toContain("去掉几张照片");
    expect(drawn(503, "en")).toContain("wait a moment");
  });
});

/**
 * What a farmer may be told; whoever checks a proof of the ledger knows more words, and so do those
 * who import tables.
 */
const toldToFarmers = ({ errors, chrome, farm, farmPhoto, farmDraft }: (typeof messages)["zh"]) => [
  ...Object.entries(errors).filter(([name]) => !/proof|seal|transaction|^import-/.test(name)),
  ...[chrome.error, farm, farmPhoto, farmDraft].map((words) => ["", JSON.stringify(words)]),
];

test.each(locales)("no farmer is told the names of files and of machines, in %s", (locale) => {
  const technical =
    /JPE?G|PNG|WebP|AVIF|HEI[CF]|像素|pixel|\bMB\b|HTTP|服务器|server|请求|request|格式|表单/i;
  for (const [name, words] of toldToFarmers(messages[locale])) {
    expect(words, name).not.toMatch(technical);
  }
});
