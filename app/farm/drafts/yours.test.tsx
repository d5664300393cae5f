import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { splitLine } from "#app/domain/orders/split-line.ts";
import { messages } from "#app/i18n/messages.ts";
import { Yours } from "./yours.tsx";

/** The fen that the check page says are hers at least when all is sold. */
function saidOfAll(priceFen: number, quantity: number, feeBasisPoints: number): number {
  const [yoursFen = 0] = splitLine({ lineFen: priceFen, feeBasisPoints, quantities: [1] }).shareFen;
  const html = renderToStaticMarkup(
    <IntlProvider locale="en" messages={messages.en} timeZone="Asia/Shanghai">
      <Yours offer={{ priceFen, quantity }} guidance={{ feeBasisPoints }} yoursFen={yoursFen} />
    </IntlProvider>,
  );
  const said = /at least ¥([\d.,]+) is yours/.exec(html)?.[1] ?? "";
  return Math.round(Number(said.replaceAll(",", "")) * 100);
}

test("she is never told more than she gets when all is sold, however buyers share it", () => {
  expect(saidOfAll(2_990, 5, 600)).toBe(14_053);
  for (const priceFen of [1, 33, 2_980, 2_990, 9_999]) {
    for (const orders of [[5], [1, 4], [2, 3], [1, 1, 1, 1, 1]]) {
      const gets = orders.map(
        (quantity) =>
          splitLine({ lineFen: priceFen * quantity, feeBasisPoints: 600, quantities: [quantity] })
            .shareFen[0] ?? 0,
      );
      const sum = gets.reduce((all, one) => all + one, 0);
      expect(saidOfAll(priceFen, 5, 600)).toBeLessThanOrEqual(sum);
    }
  }
});
