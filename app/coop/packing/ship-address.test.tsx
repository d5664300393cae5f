import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { ShipAddress } from "./ship-address.tsx";

const to = {
  ...{ recipient: "王小明", phone: "13800000000", regionCode: "310115", street: "世纪大道 1 号" },
  ...{ regionZh: "上海市浦东新区", regionEn: "Pudong, Shanghai" },
};
const draw = (locale: "zh" | "en") =>
  renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
      <ShipAddress to={to} />
    </IntlProvider>,
  );

test("whoever reads English sees the region in English too, beside what the courier reads", () => {
  expect(draw("en")).toContain("上海市浦东新区</span> 世纪大道 1 号");
  expect(draw("en")).toContain("Pudong, Shanghai");
  expect(draw("zh")).toContain("上海市浦东新区</span> 世纪大道 1 号");
  expect(draw("zh")).not.toContain("Pudong");
});
