import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { CancelForm } from "./cancel-form.tsx";

const line = {
  ...{ id: "l1", parcelId: "p1", listingId: "x", titleZh: "盐源苹果", titleEn: "Yanyuan apples" },
  ...{
    grade: "first",
    unit: "box-5jin",
    unitGrams: 2_500,
    shipsFrom: null,
    quantity: 2,
    toSend: 2,
  },
  ...{ insteadOf: null, askedUnits: null },
  ...{ lineFen: 5_980, feeFen: 358, sources: [] },
};
const draw = (answer?: Parameters<typeof CancelForm>[0]["answer"]) =>
  renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      <CancelForm parcel={{ id: "p1", lines: [line, { ...line, id: "l2" }] }} answer={answer} />
    </IntlProvider>,
  );

test("each line is asked about, and nothing is chosen for whoever answers", () => {
  const page = draw();
  expect(page.match(/name="goods-l[12]"/g)).toHaveLength(6);
  expect(page).not.toContain("checked");
});

test("an answer stays chosen when the form comes back, and a missing one is named beside it", () => {
  const page = draw({ values: { "goods-l1": "gone" }, errors: { "goods-l2": "choose" } });
  expect(page).toMatch(/name="goods-l1" checked="" value="gone"/);
  expect(page).toMatch(/id="field-goods-l2" aria-describedby="field-goods-l2-error"/);
  expect(page).toMatch(/id="field-goods-l2-error">请从里面选一个/);
});
