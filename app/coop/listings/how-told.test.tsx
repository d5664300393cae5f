import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { ConsentState } from "./consent-state.tsx";
import { CannotAsk, HowTold } from "./how-told.tsx";

const drawn = (node: React.ReactElement, locale: "zh" | "en" = "zh") =>
  renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messages[locale]} timeZone="Asia/Shanghai">
      {node}
    </IntlProvider>,
  );

test("a manager is promised a text message only where the household has a phone", () => {
  expect(drawn(<HowTold hasPhone />)).toContain("发短信告诉农户");
  const none = drawn(<HowTold hasPhone={false} />);
  expect(none).toContain("收不到我们的短信");
  expect(none).toContain("请您当面告诉他家");
  expect(none).not.toContain("我们都会发短信");
  expect(drawn(<HowTold hasPhone={false} />, "en")).toContain("tell it in person");
});

test("of a question that reaches nobody she is told what to do, and not to call a phone that is none", () => {
  const asked = {
    answer: null,
    expiresAt: new Date(),
    replacedBy: null,
    message: "failed",
  } as const;
  expect(drawn(<ConsentState consent={{ ...asked, hasPhone: true }} />)).toContain("请打电话");
  expect(drawn(<ConsentState consent={{ ...asked, hasPhone: false }} />)).not.toContain("请打电话");
  expect(drawn(<CannotAsk />)).toContain("给自家开通卖货");
});
