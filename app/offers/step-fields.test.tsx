import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { EnglishField } from "./offer-fields.tsx";
import { PriceFields } from "./price-fields.tsx";

type Form = Parameters<typeof PriceFields>[0];
const none: Form = { values: {}, errors: {}, feeBasisPoints: 600 };
/** The names of the fields that the easy mode hides. */
function hiddenIn(form: Form): string[] {
  const html = renderToStaticMarkup(
    <IntlProvider locale="en" messages={messages.en} timeZone="Asia/Shanghai">
      <PriceFields {...form} />
      <hr />
      <EnglishField {...form} />
      <hr />
    </IntlProvider>,
  );
  const parts = html.split('data-easy-hide=""').slice(1);
  return parts.flatMap((part) =>
    [...(part.split("<hr/>")[0] ?? "").matchAll(/ name="(\w+)"/g)].map(([, name]) => name ?? ""),
  );
}

test("in the easy mode a draft's pages ask only for what every listing needs", () => {
  expect(hiddenIn({ ...none, isStep: true })).toEqual(["shipsFrom", "presaleLimit", "titleEn"]);
  expect(hiddenIn(none)).toEqual([]);
});

test("no field is hidden that holds something or has something wrong with it", () => {
  const values = { presaleLimit: "20", titleEn: "Apples" };
  expect(hiddenIn({ ...none, values, isStep: true })).toEqual([]);
  const errors = { shipsFrom: "required", titleEn: "tooShort" } as const;
  expect(hiddenIn({ ...none, errors, isStep: true })).toEqual([]);
});

test("without a script, what is hers of a price is said of the price that was sent", () => {
  const drawn = (form: Form) =>
    renderToStaticMarkup(
      <IntlProvider locale="en" messages={messages.en} timeZone="Asia/Shanghai">
        <PriceFields {...form} />
      </IntlProvider>,
    );
  const values = { price: "10.01", unit: "box-5jin" };
  expect(drawn({ ...none, values })).toContain("At ¥10.01 for each 5-jin box, you get ¥9.41");
  const said = "At ¥10.01 for each kg, the household gets ¥9.41";
  expect(drawn({ ...none, values: { ...values, unit: "kg" }, onBehalf: true })).toContain(said);
  expect(drawn({ ...none, values: { ...values, price: "十块" } })).not.toContain("you get ¥");
});
