import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { Theirs } from "./theirs.tsx";

const crops = [
  {
    crops: [
      { code: "pear", name: "梨" },
      { code: "potato", name: "土豆" },
    ],
  },
];
const mine = { category: "pear", grade: "second", unit: "head", price: "6", titleEn: "" };
const fields = { category: "potato", grade: "premium", unit: "kg", price: "5" };

test.each(["zh", "en"] as const)(
  "a draft that two phones changed says both in words, never in codes, in %s",
  (locale) => {
    const drawn = renderToStaticMarkup(
      <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
        <Theirs
          draft={{ id: "018f0000-0000-7000-8000-000000000000" }}
          step="crop"
          theirs={{ version: 2, fields, photoIds: ["p"] }}
          photosWere={2}
          values={mine}
          crops={crops}
        />
      </IntlProvider>,
    );
    const { grade, unit } = messages[locale].words;
    const said = drawn
      .replaceAll(/<[^>]+>/g, "\n")
      .split("\n")
      .filter(Boolean);
    const told = ["梨", "土豆", grade.second, grade.premium, unit.head, unit.kg, "6", "5"];
    for (const word of told) expect(said.join("\n")).toContain(word);
    expect(said.join("\n")).toMatch(/(照片|Photos).*2.*1/);
    expect(said.join("\n")).not.toMatch(/\b(pear|potato|premium|second)\b/);
    // What neither has filled in is no difference.
    expect(drawn.match(/<li>/g)).toHaveLength(5);
    expect(said.some((line) => line.includes("head") && locale === "zh")).toBe(false);
  },
);
