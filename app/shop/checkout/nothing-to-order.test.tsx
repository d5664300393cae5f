import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { describe, expect, it } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { NothingToOrder } from "./nothing-to-order.tsx";
import type { Refused } from "./page.tsx";

const typed = { recipient: "李先生", street: "新址 99 号", orderKey: "0123456789abcdef" };
const lists = { provinces: [], cities: [], counties: [], townships: [] };
const choice = { ...lists, province: null, city: null, county: null, regionCode: null };

function draw(refused: Refused, values: Record<string, string> = typed) {
  const address = { values, errors: {}, choice, saved: [] };
  return renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      <NothingToOrder {...address} refused={refused} />
    </IntlProvider>,
  );
}

describe("a checkout with nothing in the cart", () => {
  it("keeps what was typed where an address costs other freight, from list to list", () => {
    const first = draw({ reason: "address-costs-other", number: "TJ1" });
    expect(first).toContain("/orders/TJ1");
    const next = draw(null, { ...typed, readdress: "1" });
    for (const html of [first, next]) {
      for (const text of Object.values(typed)) expect(html).toContain(`value="${text}"`);
      expect(html).toContain('name="readdress" value="1"');
      for (const id of ["region", "summary"]) expect(html).toContain(`id="${id}"`);
    }
  });

  it("tells of an order that stands where it goes and what it costs, beside what was sent", () => {
    const address = {
      ...{ recipient: "王小姐", phone: "13800000001", street: "天河路 1 号" },
      ...{ regionCode: "440106", regionZh: "广东省广州市天河区", regionEn: "Tianhe, Guangzhou" },
    };
    const stands = {
      ...({ ok: false, reason: "order-stands", number: "TJ1", revision: 1, address } as const),
      ...{ totalFen: 6_780, expectedTotalFen: 6_780 },
    };
    const elsewhere = draw({ ...stands, isElsewhere: true });
    expect(elsewhere).toContain("王小姐 13800000001，广东省广州市天河区天河路 1 号");
    expect(elsewhere).toContain("¥67.80");
    expect(elsewhere).not.toContain("上写的合计");
    for (const text of Object.values(typed)) expect(elsewhere).toContain(`value="${text}"`);
    expect(elsewhere).toContain('name="readdress" value="1"');
    const dearer = draw({ ...stands, expectedTotalFen: 6_680, isElsewhere: false });
    expect(dearer).toContain("上写的合计是 ¥66.80，订单的合计是 ¥67.80");
    expect(dearer).toContain("/orders/TJ1");
    expect(dearer).not.toContain("<input");
  });

  it("has no form for an order that is paid, nor for none", () => {
    for (const html of [
      draw({ reason: "address-stays", number: "TJ1" }, { ...typed, readdress: "1" }),
      draw({ reason: "cart-empty" }, { ...typed, readdress: "1" }),
      draw(null),
    ]) {
      expect(html).not.toContain("<input");
    }
  });
});
