import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { messages } from "#app/i18n/messages.ts";
import { EditForm } from "./edit-form.tsx";
import { stayingErrors } from "./stays-notice.tsx";

const ID = "01a1f51b-0bd6-7a61-a33d-ef546871112e";
const listing: OwnListing = {
  ...{ id: ID, titleZh: "雪梨", titleEn: "", categoryCode: "pear", categoryZh: "梨" },
  ...{ categoryEn: "Pears", grade: "premium", unit: "bag", unitGrams: 800, priceFen: 2_500 },
  ...{ harvestedOn: "2026-11-20", status: "published", publishedAt: null, quantityIn: 9 },
  ...{
    available: 9,
    held: 0,
    sold: 0,
    takenOut: 0,
    shipsFrom: null,
    presaleLimit: null,
    mostPerOrder: null,
  },
  ...{ version: 4, wasOrdered: false, lots: 1, photos: [] },
};
const typed = {
  ...{ version: "3", title: "雪梨", titleEn: "", grade: "first", unit: "bag", unitGrams: "800" },
  ...{ price: "22", harvestedOn: "2026-11-20", shipsFrom: "", presaleLimit: "" },
};

function draw(side: "farm" | "coop", page: Partial<Parameters<typeof EditForm>[0]> = {}): string {
  const form: ReactElement = (
    <EditForm
      desk={{ side, path: (id) => `/${side}/listings/${id}` }}
      title="修改"
      guidance={{ county: null, province: null, feeBasisPoints: 600 }}
      listing={listing}
      refused={{ values: typed, errors: {}, kept: { photos: [], refused: [] } }}
      household="00000000000000aa"
      hasPhone
      uploadFor={undefined}
      typedBy={undefined}
      {...page}
    />
  );
  return renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      {form}
    </IntlProvider>,
  );
}

const kept = { photos: [], refused: [] };
const changed = (changedBy: "me" | "household" | "cooperative") => ({
  refused: { values: typed, errors: {}, kept, changedBy },
});

test("who saves second sees both, in words, with what she typed still in the form", () => {
  const html = draw("farm", changed("cooperative"));
  expect(html).toContain("合作社刚改过这件商品");
  expect(html).toContain(`${labelOf("price")}：您填“22”，那边是“25.00”`);
  expect(html).toContain(`${labelOf("grade")}：您填“一级”，那边是“特级”`);
  expect(html).not.toMatch(/您填“(first|premium|bag)”|那边是“(first|premium|bag)”/);
  expect(html).toMatch(/name="price"[^>]*value="22"|value="22"[^>]*name="price"/);
});

test("choosing hers sends the form as made of what is there now; choosing theirs opens it anew", () => {
  for (const side of ["farm", "coop"] as const) {
    const html = draw(side, changed("household"));
    expect(html).toContain('name="version" value="4"');
    expect(html).toContain('name="household" value="00000000000000aa"');
    expect(html).toContain(`href="/${side}/listings/${ID}/edit" data-typed-drop=""`);
  }
  expect(draw("farm")).toContain('name="version" value="3"');
});

test("of what was taken down meanwhile only what she typed is left, to be read", () => {
  const down = { listing: { ...listing, status: "withdrawn" as const } };
  const html = draw("farm", down);
  expect(html).toContain("这件商品已经下架，不能再改");
  expect(html).toContain('value="22"');
  expect(html).not.toContain(">保存<");
  const opened = draw("farm", { ...down, refused: undefined });
  expect(opened).toMatch(/<form[^>]* hidden=""/);
  // No word of "Save", which is not there.
  expect(opened + html).not.toContain("data-typed-words");
});

test("each side is told by its own name for the other who has changed it", () => {
  expect(draw("coop", changed("household"))).toContain("农户刚改过这件商品");
  expect(draw("farm", changed("household"))).toContain("家里人刚改过这件商品");
  expect(draw("farm", changed("me"))).toContain("这件商品刚在别处改过");
});

function labelOf(field: "price" | "grade"): string {
  return messages.zh.farm.new[field];
}

test("a manager is told that the household hears of it by message, or has to be told in person", () => {
  const agreed = { uploadFor: ID, refused: undefined };
  expect(draw("coop", agreed)).toContain("我们会发短信告诉农户");
  const unreached = draw("coop", { ...agreed, hasPhone: false });
  expect(unreached).toContain("请您当面告诉农户");
  expect(unreached).not.toContain("我们会发短信");
});

test("what was typed for a unit or a day that stays is named as such, whatever else comes back", () => {
  const ordered = { ...listing, wasOrdered: true };
  expect(stayingErrors(ordered, typed)).toEqual({});
  expect(stayingErrors(listing, { ...typed, unit: "kg" })).toEqual({});
  expect(stayingErrors(ordered, { ...typed, unit: "kg" })).toEqual({ unit: "unit-fixed" });
  expect(stayingErrors(ordered, { ...typed, unitGrams: "900" })).toEqual({ unit: "unit-fixed" });
  const inKg = { ...ordered, unit: "kg", unitGrams: 1_000 } as OwnListing;
  expect(stayingErrors(inKg, { ...typed, unit: "kg", unitGrams: "800" })).toEqual({});
  const restocked = { ...listing, lots: 2 };
  expect(stayingErrors(restocked, { ...typed, harvestedOn: "2026-11-19" })).toEqual({
    harvestedOn: "harvest-fixed",
  });
  const errors = { unit: "unit-fixed", price: "invalid" } as const;
  const refused = { values: { ...typed, unit: "kg" }, errors, kept };
  expect(draw("farm", { listing: ordered, refused })).toContain("怎么卖不能改了");
});
