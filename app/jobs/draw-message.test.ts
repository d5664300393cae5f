import { expect, test } from "vitest";
import { templates } from "#app/domain/messages/templates.ts";
import { drawMessage } from "./draw-message.ts";

type Template = keyof typeof templates;
const NAMES = Object.keys(templates) as Template[];
const GIVEN = {
  fen: 5_622,
  unit: "bag 500",
  restFen: 780,
  count: 2,
  number: "TJ20261122000001",
  note: "烂了一箱",
  title: "雪梨",
  goods: "雪梨 2 份",
  offer: "苹果×2",
  until: "11-27 08:30",
  cooperative: "树河合作社",
  carrier: "sf",
  tracking: "SF12345678",
  quantity: 30,
  day: "2026-11-26",
  when: "2026-11-27 480 600",
  place: "村委会门口",
  changes: "雪梨×12→×10",
  end: "0009",
};

const paramsOf = (template: Template) => {
  const names: readonly string[] = templates[template];
  return Object.fromEntries(Object.entries(GIVEN).filter(([name]) => names.includes(name)));
};

test.each(NAMES.flatMap((name) => [[name, "zh"] as const, [name, "en"] as const]))(
  "%s in %s says all that it is given, and nothing else",
  (template, locale) => {
    const { text, values } = drawMessage({ template, locale, params: paramsOf(template) });
    expect(text).toMatch(locale === "zh" ? /^【田集】/ : /^\[Tianji\]/);
    expect(text).not.toMatch(/[{}]|sms\./);
    expect(values).toHaveLength(templates[template].length);
    for (const value of values) expect(text).toContain(value);
  },
);

test("what a cooperative changed is told with the unit that is paid for", () => {
  const params = { title: "雪梨", fen: 2_990, unit: "bag 500", quantity: 30 };
  const draw = (unit: string) =>
    drawMessage({ template: "listing.changed", locale: "zh", params: { ...params, unit } });
  expect(draw("bag 500").text).toContain("¥29.90/袋（500 克）");
  expect(draw("kg 1000").values).toEqual(["雪梨", "¥29.90", "公斤", "30"]);
});

test("photos that a cooperative changed are named with what they show, by a provider's template too", () => {
  const params = { title: "雪梨", fen: 2_990, unit: "kg 1000", quantity: 30, photos: "new" };
  const { text, values } = drawMessage({ template: "listing.changed", locale: "zh", params });
  expect(text).toContain("现在是：雪梨（照片换了），¥29.90/公斤");
  expect(values[0]).toBe("雪梨（照片换了）");
});

test("an empty value is a dash to a provider that refuses empty ones", () => {
  const params = { number: "TJ1", fen: 100, note: "" };
  const { text, values } = drawMessage({ template: "refund.goods", locale: "zh", params });
  expect(values).toEqual(["TJ1", "¥1.00", "-"]);
  expect(text).toContain("退款 ¥1.00。");
});
