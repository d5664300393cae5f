import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, test } from "vitest";
import type { OwnListing } from "#app/domain/listings/read-own-listings.ts";
import { messages } from "#app/i18n/messages.ts";
import { CropFields, EnglishField } from "#app/offers/offer-fields.tsx";
import { FormNotice } from "#app/ui/form.tsx";
import { EditForm } from "./edit-form.tsx";
import { useOfferLabels } from "./offer-labels.ts";
import { PhotoFields } from "./photo-fields.tsx";
import { PriceFields } from "./price-fields.tsx";
import { RestockForm } from "./restock-form.tsx";

const ID = "01a1f51b-0bd6-7a61-a33d-ef546871112e";
const NAMES = [
  ...["photo", "category", "title", "grade", "unit", "unitGrams", "price", "quantity"],
  ...["harvestedOn", "shipsFrom", "presaleLimit", "mostPerOrder", "titleEn", "clientKey"],
] as const;
const listing: OwnListing = {
  ...{ id: ID, titleZh: "雪梨", titleEn: "", categoryCode: "pear", categoryZh: "梨" },
  ...{ categoryEn: "Pears", grade: "premium", unit: "bag", unitGrams: 800, priceFen: 2_500 },
  ...{ harvestedOn: "2026-11-20", status: "published", publishedAt: null, quantityIn: 9 },
  ...{ available: 9, held: 0, sold: 0, takenOut: 0, shipsFrom: null, presaleLimit: null },
  ...{ mostPerOrder: null, version: 4, wasOrdered: false, lots: 1, photos: [] },
};
const path = (id: string) => `/farm/listings/${id}`;
const kept = { photos: [], refused: [] };
const typed = { unit: "kg", unitGrams: "", price: "22", harvestedOn: "2026-11-10" };

type Sent = { values: Record<string, string>; errors: Record<string, "required"> };

function EditPage({ values, errors, ...more }: Sent & Partial<OwnListing>) {
  return (
    <EditForm
      desk={{ side: "farm", path }}
      title="修改"
      guidance={{ county: null, province: null, feeBasisPoints: 600 }}
      listing={{ ...listing, ...more }}
      refused={{ values, errors, kept }}
      household="00000000000000aa"
      hasPhone
      uploadFor={undefined}
      typedBy={undefined}
    />
  );
}

function RestockPage(refused: Sent) {
  return (
    <RestockForm
      desk={{ path }}
      {...{ listing, title: "补货", household: "h", clientKey: "k", takenKeys: [] }}
      {...{ typedBy: undefined, today: "2026-11-20", refused }}
    />
  );
}

/** All of an offer on one page, as at /farm/listings/new/whole. */
function WholePage(sent: Sent) {
  return (
    <>
      <FormNotice errors={sent.errors} labels={useOfferLabels()} />
      <PhotoFields photos={[]} refused={[]} error={sent.errors.photo} />
      <CropFields crops={[]} lastCrops={[]} {...sent} />
      <PriceFields {...sent} feeBasisPoints={600} />
      <EnglishField {...sent} />
    </>
  );
}

const draw = (page: React.ReactElement) =>
  renderToStaticMarkup(
    <IntlProvider locale="zh" messages={messages.zh} timeZone="Asia/Shanghai">
      {page}
    </IntlProvider>,
  );

test("each error that a form names leads to a field that is on its page", () => {
  for (const name of NAMES) {
    const sent: Sent = { values: typed, errors: { [name]: "required" } };
    const pages = {
      edit: <EditPage {...sent} />,
      "edit of what was ordered": <EditPage {...sent} wasOrdered />,
      "edit of several batches": <EditPage {...sent} lots={2} />,
      restock: <RestockPage {...sent} />,
      ...(name === "mostPerOrder" ? {} : { whole: <WholePage {...sent} /> }),
    };
    for (const [of, page] of Object.entries(pages)) {
      const html = draw(page);
      const where = `${name} on ${of}`;
      expect(html, where).toMatch(/<div class="notice tone-red/);
      for (const [, id] of html.matchAll(/href="#([^"]+)"/g)) {
        expect(html, `${where}: #${id}`).toContain(` id="${id}"`);
      }
    }
  }
});

test("a day that can be changed no more is told with what she typed, and the rest can be saved", () => {
  const errors = { harvestedOn: "required" } as const;
  const html = draw(<EditPage values={typed} errors={errors} lots={2} />);
  expect(html).toContain("采收日期没有改：里面已经有 2 批货");
  expect(html).toContain("您填的是“2026-11-10”");
  expect(html).toContain(`href="/farm/listings/${ID}/restock"`);
  expect(html).not.toContain('name="harvestedOn"');
  expect(html).toContain('value="22"');
});

test("a way of selling that stays is told with what she typed, and whose price the price is", () => {
  const html = draw(<EditPage values={typed} errors={{ unit: "required" }} wasOrdered />);
  expect(html).toContain("怎么卖不能改了：刚有人下单");
  expect(html).toContain("您填的是“公斤”，现在还是按一袋（800 克）卖");
  expect(html).toContain('name="unit" value="bag"');
  expect(html).not.toContain("¥22.00/公斤");
});
