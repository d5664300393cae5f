import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { OFFER_BOUNDS, offerProblems } from "#app/domain/listings/offer-rules.ts";
import { readOffer } from "#app/offers/read-offer.ts";
import source from "./kept-check.js?raw";

type Values = Record<string, string>;
type Check = (
  ...of: [values: Values, photoCount: number, bounds: object, now: Date]
) => Record<string, string>;

const phone = {} as { keptCheck: Check };
runInNewContext(source, { self: phone });
const NOW = new Date("2026-11-22T04:00:00Z");
const inPhone = (values: Values, photoCount: number, now = NOW) => ({
  ...phone.keptCheck(values, photoCount, OFFER_BOUNDS, now),
});

/** What the server says of the same form, sent with as many photos. */
async function onServer(values: Values, photoCount: number, now = NOW) {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  form.set("clientKey", "0".repeat(32));
  // Its crop lends it a name.
  if (values.title?.trim() === "") form.set("title", "梨");
  const photoIds = Array.from({ length: photoCount }, (_, index) => String(index));
  const { offer, errors } = await readOffer(form, photoIds);
  const { photos, ...problems } = offerProblems(offer, now);
  return { ...problems, ...(photos ? { photo: photos } : {}), ...errors };
}

const PHONES = [
  ...["雪梨 13800000000", "138 0000 0000找我", "１３８-００００-００００", "+86 138—0000—0000"],
  ...["8613800000000", "1 3 8 0 0 0 0 0 0 0 0"],
];
const NO_PHONES = [
  "2026年11月22日的梨",
  "913800000000",
  "138000000001",
  "10斤 20斤 30斤 40斤 50斤 6斤",
];

const right: Values = {
  ...{ category: "pear", title: "雪梨", titleEn: "", grade: "first", unit: "box-5jin" },
  ...{ unitGrams: "", price: "12.50", quantity: "7", harvestedOn: "2026-11-22" },
  ...{ shipsFrom: "", presaleLimit: "" },
};

it("asks for a name of what is no crop of ours, which has none to lend", () => {
  const other = { ...right, category: "other-fruit" };
  expect(inPhone({ ...other, title: " " }, 1)).toEqual({ title: "required" });
  expect(inPhone({ ...other, title: "拐枣" }, 1)).toEqual({});
});

it("says of an offer in the phone what the server would say of it", async () => {
  const changed: Record<string, string[]> = {
    price: ["", " ", "abc", "十块", "0", "0.00", "-1", "12.505", "１２。５", "¥9", "1000000"],
    quantity: ["", "-3", "0", "2.5", "一", "７", "1,000", "100000", "100001"],
    title: ["", "  ", "梨".repeat(60), "梨".repeat(61), "🍐".repeat(60), ...PHONES, ...NO_PHONES],
    titleEn: ["p".repeat(120), "p".repeat(121), "Pears 13800000000"],
    harvestedOn: [""],
  };
  const offers = Object.entries(changed).flatMap(([name, texts]) =>
    texts.map((text) => ({ ...right, [name]: text })),
  );
  for (const unit of ["bag", "head", "kg"]) {
    for (const unitGrams of ["", "0", "500", "1000001", "2.5", "半斤"]) {
      offers.push({ ...right, unit, unitGrams });
    }
  }
  offers.push({ ...right, price: "1000000.01" }, { ...right, price: "9999999999999" });
  for (const offer of offers) expect(inPhone(offer, 1)).toEqual(await onServer(offer, 1));
  const { category: _, ...noCrop } = right;
  expect(inPhone(noCrop, 0)).toEqual({ photo: "photo-none", category: "choose" });
  expect(await onServer(noCrop, 0)).toEqual({ photo: "photo-none", category: "choose" });
  expect(inPhone(right, 1)).toEqual({});
  const titled = async (title: string) => (await onServer({ ...right, title }, 1)).title;
  for (const title of PHONES) expect(await titled(title), title).toBe("has-phone");
  for (const title of NO_PHONES) expect(await titled(title), title).toBe(undefined);
});

it("says of a pre-sale's day and limit in the phone what the server would say of them", async () => {
  const days = [
    ...["", " ", "2026-11-21", "2026-11-22", "2026-11-23", " 2026-12-24 ", "2027-11-22"],
    ...["2027-11-23", "2027-02-29", "2027-2-3", "明年"],
  ];
  const limits = ["", " ", "6", "7", "８", "1,000", "0", "-3", "7.5", "很多", "100000", "100001"];
  const found = new Set<string>();
  for (const harvestedOn of ["2026-11-22", "2026-12-24", "2027-01-05"]) {
    for (const shipsFrom of days) {
      for (const presaleLimit of limits) {
        const offer = { ...right, harvestedOn, shipsFrom, presaleLimit };
        const said = inPhone(offer, 1);
        expect(said, JSON.stringify(offer)).toEqual(await onServer(offer, 1));
        for (const key of Object.values(said)) found.add(key);
      }
    }
  }
  expect([...found].sort()).toEqual([
    ...["atLeastOne", "date", "presale-below", "required", "ships-before-harvest", "ships-past"],
    ...["ships-too-far", "tooMany", "wholeNumber"],
  ]);
  // Midnight is Shanghai's, whatever clock the phone goes by.
  const offer = { ...right, shipsFrom: "2026-11-23", presaleLimit: "9" };
  const night = new Date("2026-11-22T16:30:00Z");
  expect(inPhone(offer, 1, night)).toEqual({ shipsFrom: "ships-past" });
  expect(await onServer(offer, 1, night)).toEqual({ shipsFrom: "ships-past" });
  // What is unreadable of the quantity is said of it, not of the limit.
  const odd = { ...offer, quantity: "一筐" };
  expect(inPhone(odd, 1)).toEqual(await onServer(odd, 1));
});
