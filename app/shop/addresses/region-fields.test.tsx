import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { describe, expect, test } from "vitest";
import type { RegionChoice } from "#app/domain/regions/choose-region.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { messages } from "#app/i18n/messages.ts";
import { RegionFields } from "./region-fields.tsx";

const place = (code: string, nameZh: string, nameEn: string) => ({ code, nameZh, nameEn });
const shuhe = place("513423104", "树河镇", "Shuhe Town");
const choice: RegionChoice = {
  provinces: [place("510000", "四川省", "Sichuan")],
  cities: [place("513400", "凉山彝族自治州", "Liangshan")],
  counties: [place("513423", "盐源县", "Yanyuan")],
  townships: [shuhe, place("513423103", "泸沽湖镇", "Luguhu Town")],
  ...{ province: "510000", city: "513400", county: "513423", regionCode: "513423" },
};

const draw = (values: FormValues, of = choice, locale: "zh" | "en" = "zh") =>
  renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
      <RegionFields values={values} choice={of} errors={{}} to="/checkout" />
    </IntlProvider>,
  );
const chosen = (html: string) => /<select[^>]*name="township".*?<\/select>/s.exec(html)?.[0] ?? "";

describe("the township of an address", () => {
  test("is chosen from the list of its county, by the name that the label carries", () => {
    expect(chosen(draw({ township: "树河镇" }))).toContain('value="树河镇" selected="">树河镇');
    expect(chosen(draw({}, choice, "en"))).toContain('value="树河镇">Shuhe Town<');
  });

  test("is written where no list is known", () => {
    const html = draw({ township: "石牌" }, { ...choice, townships: [] });
    expect(chosen(html)).toBe("");
    expect(html).toMatch(/<input[^>]*name="township"[^>]*value="石牌"/);
  });

  test("stays as it was written where the list does not have it", () => {
    expect(chosen(draw({ township: "树河公社" }))).toContain('value="树河公社" selected="">');
  });

  test("is chosen anew where it came from the list of another county", () => {
    const html = chosen(draw({ township: "树河公社", townshipOf: "440106" }));
    expect(html).not.toContain("树河公社");
    expect(html).toContain('value="" selected=""');
  });
});
