import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider, useLocale, useTranslations } from "use-intl";
import { expect, test } from "vitest";
import { InLanguage } from "./in-language.tsx";
import { type Locale, locales } from "./locale.ts";
import { messages } from "./messages.ts";

/** Words with a number in them, of several sorts, and with markup around some. */
function Said({ count }: { count: number }) {
  const t = useTranslations("coop.quantity");
  const list = useTranslations("packing.list");
  return (
    <p lang={useLocale()}>
      {t("box-5jin", { count })} {list("forParcels", { count })}
      {list("page", { page: count, pages: count + 1, most: 200 })} {list("byParcel")}
    </p>
  );
}

const ownProvider = (locale: Locale, count: number) => (
  <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
    <Said count={count} />
  </IntlProvider>
);
const lasting = (locale: Locale, count: number) => (
  <InLanguage locale={locale}>
    <Said count={count} />
  </InLanguage>
);

test("a page says the same in the lasting provider as in one of its own, in turn and again", () => {
  for (const count of [1, 2, 0, 1, 1234]) {
    for (const locale of locales) {
      const said = renderToStaticMarkup(lasting(locale, count));
      expect(said).toBe(renderToStaticMarkup(ownProvider(locale, count)));
    }
  }
});
