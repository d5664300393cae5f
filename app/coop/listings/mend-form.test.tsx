import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import type { AskedConsent } from "#app/domain/consents/read-coop-listings.ts";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { messages } from "#app/i18n/messages.ts";
import { MendForm } from "./mend-form.tsx";

const OLD = "01a1f51b-0bd6-7a61-a33d-ef5468711121";
const NEW = "01a1f51b-0bd6-7a61-a33d-ef5468711122";
const HOUSE = "01a1f51b-0bd6-7a61-a33d-ef5468711123";
const listing: OwnListing = {
  ...{ id: OLD, titleZh: "雪梨", titleEn: "", categoryCode: "pear", categoryZh: "梨" },
  ...{ categoryEn: "Pears", grade: "first", unit: "box-5jin", unitGrams: 2_500, priceFen: 2_990 },
  ...{ harvestedOn: "2026-11-20", status: "draft", publishedAt: null, quantityIn: 40 },
  ...{
    available: 40,
    held: 0,
    sold: 0,
    takenOut: 0,
    shipsFrom: null,
    presaleLimit: null,
    mostPerOrder: null,
  },
  ...{ version: 2, wasOrdered: false, lots: 1, photos: [] },
};
const typed = {
  ...{ title: "雪梨", titleEn: "", grade: "first", unit: "box-5jin", unitGrams: "" },
  ...{ price: "19.90", harvestedOn: "2026-11-20", shipsFrom: "", presaleLimit: "" },
  ...{ category: "plum", quantity: "12", clientKey: "the-key-that-was-sent" },
};
const crops = [
  {
    ...{ code: "fruit", name: "水果", icon: "pear" },
    crops: [
      { code: "pear", name: "梨", icon: "pear" },
      { code: "plum", name: "李子", icon: "plum" },
    ],
  },
];

function draw(answer: AskedConsent["answer"], mended?: OwnListing): string {
  const status = answer === "agreed" ? "published" : "draft";
  const consent = {
    answer,
    expiresAt: new Date(),
    replacedBy: mended?.id ?? null,
    message: null,
    hasPhone: true,
  };
  const household = {
    ...{ id: HOUSE, headName: "吉克", aliasZh: "吉克家", aliasEn: "Jike", registerCode: "R" },
    hasPhone: true,
    phones: 1,
  };
  const refused = { values: typed, errors: {}, kept: { photos: [], refused: [] } };
  const form = (
    <MendForm
      {...{ household, listing: { ...listing, status }, consent, mended, refused }}
      {...{ crops: crops as never, lastCrops: [], clientKey: "a-new-key", takenKeys: [] }}
      prices={{ feeBasisPoints: 600, guides: {} }}
      typedBy="m"
    />
  );
  return renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      {form}
    </IntlProvider>,
  );
}

const actionOf = (html: string) => /<form[^>]* action="([^"]+)"/.exec(html)?.[1];

test("a question that is open is sent again under the same key", () => {
  const html = draw(null);
  expect(actionOf(html)).toBe(`/coop/listings/${OLD}/mend`);
  expect(html).toContain('value="the-key-that-was-sent"');
  expect(html).not.toContain('role="alert"');
});

test("agreed to meanwhile, both are shown, and what was typed goes on as an edit of what is sold", () => {
  const html = draw("agreed");
  expect(html).toContain("农户刚同意");
  expect(html).toMatch(/您填“19\.90”，那边是“29\.90”/);
  expect(html).toMatch(/您填“12”，那边是“40”/);
  expect(html).toMatch(/您填“李子”，那边是“梨”/);
  expect(actionOf(html)).toBe(`/coop/listings/${OLD}/edit`);
  expect(html).toContain('name="version" value="2"');
});

test("mended by a colleague meanwhile, both are shown, and what was typed mends hers", () => {
  const html = draw("withdrawn", { ...listing, id: NEW, priceFen: 3_100 });
  expect(html).toMatch(/您填“19\.90”，那边是“31\.00”/);
  expect(actionOf(html)).toBe(`/coop/listings/${NEW}/mend`);
  expect(html).toContain('value="a-new-key"');
  expect(html).toContain(`href="/coop/listings/${NEW}" data-typed-drop=""`);
});

test("mended by a colleague and agreed to already, it goes on as an edit of that", () => {
  const html = draw("withdrawn", { ...listing, id: NEW, status: "published", version: 5 });
  expect(actionOf(html)).toBe(`/coop/listings/${NEW}/edit`);
  expect(html).toContain('name="version" value="5"');
});

test.each(["refused", "expired", "withdrawn"] as const)(
  "%s meanwhile, it can only be asked as something new, with what was typed",
  (answer) => {
    const html = draw(answer);
    expect(html).toContain('role="alert"');
    expect(actionOf(html)).toBe(`/coop/listings/new/${HOUSE}`);
    expect(html).toContain('value="a-new-key"');
    expect(html).toContain('value="19.90"');
  },
);
