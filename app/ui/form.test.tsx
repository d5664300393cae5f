import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import { messages } from "#app/i18n/messages.ts";
import { FormNotice } from "./form.tsx";

const draw = (props: Parameters<typeof FormNotice>[0]) =>
  renderToStaticMarkup(
    <IntlProvider locale="en" messages={messages.en} timeZone="Asia/Shanghai">
      <FormNotice {...props} />
    </IntlProvider>,
  );

const labels = { phone: "Mobile number", street: "Street address" };

test("a refused form names every field that needs mending and leads to it", () => {
  const html = draw({ errors: { street: "required", phone: "phone" }, labels });
  expect(html.indexOf("#field-phone")).toBeLessThan(html.indexOf("#field-street"));
  expect(html).toContain('role="alert"');
  expect(html).toContain("2 things need mending");
  expect(html).toMatch(/<a href="#field-phone"[^>]*>Mobile number: .+<\/a>/);
  expect(html).toMatch(/<a href="#field-street"[^>]*>Street address: .+<\/a>/);
  expect(html).not.toContain(messages.en.chrome.form.hiddenPart);
});

test("what is wrong with a part that nobody can see is said in words, without a dead link", () => {
  const html = draw({ errors: { orderKey: "tooShort" }, labels });
  expect(html).toContain(messages.en.chrome.form.hiddenPart);
  expect(html).not.toContain("<a ");
  expect(html).not.toContain("mending");
  expect(draw({ errors: { form: "invalid" } })).toContain(messages.en.chrome.form.hiddenPart);
});

test("a form of which nothing is wrong says nothing", () => {
  expect(draw({ errors: { phone: undefined }, labels })).toBe("");
  expect(draw({})).toBe("");
});
