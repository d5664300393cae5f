import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import type { Consent } from "#app/domain/consents/read-consents.ts";
import { messages } from "#app/i18n/messages.ts";
import { Offered } from "./question.tsx";

const now = new Date();
const consent: Consent = {
  ...{
    listingId: "1",
    titleZh: "雪梨",
    titleEn: "Snow pears",
    categoryZh: "梨",
    categoryEn: "Pears",
  },
  ...{ grade: "premium", unit: "box-5jin", unitGrams: 2_500, priceFen: 1_990, quantity: 2 },
  ...{ harvestedOn: "2026-11-20", shipsFrom: null, presaleLimit: null, mostOnSale: 10 },
  ...{ cooperativeZh: "合作社", cooperativeEn: "Cooperative", feeBasisPoints: 600, photos: [] },
  ...{ askedAt: now, expiresAt: now, sentAt: null, answer: null, answeredAt: null },
};

const drawn = (changes: Partial<Consent> = {}, locale: "zh" | "en" = "zh") =>
  renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
      <Offered consent={{ ...consent, ...changes }} />
    </IntlProvider>,
  );

test("a household reads all that its yes binds it to: both names, crop, grade and how many", () => {
  const page = drawn();
  for (const said of ["雪梨", "英文名：Snow pears", "品种：梨", "等级：特级", "一共 2 份"]) {
    expect(page).toContain(said);
  }
  expect(page).toContain("现货，不是预售");
  expect(page).toContain("同时在卖的最多 10 份");
  expect(drawn({}, "en")).toContain("In Chinese: 雪梨");
});

test("of a pre-sale it reads from when that ships and how much may be sold, also once the day has come", () => {
  for (const [shipsFrom, day] of [
    ["2099-12-20", "2099年12月20日"],
    ["2020-12-20", "2020年12月20日"],
  ] as const) {
    const page = drawn({ shipsFrom, presaleLimit: 15_000 });
    expect(page).toContain(`预售：${day}起发货，补货后最多卖 15000 份`);
    expect(page).not.toContain("现货");
  }
});
