import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";
import source from "./take-draft.js?raw";

type Left = { key: string; file: { name: string }; at: number; photoId?: string };
type Offer = {
  id: string;
  household: string;
  state?: string;
  there?: string[];
  had?: string[];
  updatedAt?: number;
  draftVersion?: number;
};

const DRAFT = "018f0000-0000-7000-8000-000000000001";
const pear: Left = { key: "a-1", file: { name: "pear" }, at: 5, photoId: "p1" };
const fig: Left = { key: "b-2", file: { name: "fig" }, at: 6 };
const TYPED = `typed:h:/farm/listings/drafts/${DRAFT}`;

/** What the phone keeps: of the draft, and of offers that need no signal. */
let shelf: Left[];
let offers: Map<string, Offer & { values?: object }>;
let photos: Map<string, { offerId: string; photoId?: string }>;
let roomFor: number;
/** What the market has of the draft, as its last page told the phone. */
let saved: {
  fields: object;
  photoIds: string[];
  had?: string[];
  at: number;
  version?: number;
} | null;
/** What was typed into the draft's pages. */
let typed: Record<string, object>;
/** What the phone's disk has, also of what the browser had not written down when it died. */
let onDisk: Record<string, object>;
beforeEach(() => {
  saved = null;
  onDisk = {};
  typed = {
    [`${TYPED}/crop`]: { values: { category: "pear" } },
    [`${TYPED}/amount`]: { values: { price: "12.50" } },
  };
  shelf = [pear, fig];
  offers = new Map();
  photos = new Map();
  roomFor = 9;
});

/** Opens the page for listing without a signal at this hash; gives the offer that it then is about. */
function open(hash: string): Promise<string | null> {
  const self = { keptWords: { get: async (key: string) => onDisk[key] } } as unknown as {
    takeDraft(household: string, startNew: () => void): Promise<string | null>;
  };
  const priceOf = (crop: string) => ({ category: crop, price: crop === "pear" ? "" : "9.00" });
  const kept: Record<string, object | null> = { [`draft:h:${DRAFT}`]: saved, ...typed };
  runInNewContext(source, {
    ...{ self, location: { hash } },
    cropTerms: {
      blankFor: (crop = "sichuan-pepper") => ({
        ...priceOf(crop),
        unit: `of ${crop}`,
        quantity: "",
      }),
    },
    localStorage: { getItem: (key: string) => JSON.stringify(kept[key] ?? null) },
    keptOffers: {
      read: async (id: string) => ({ offer: offers.get(id) }),
      saveValues: async (offer: Offer, values: object) =>
        void offers.set(offer.id, { ...offer, values: { ...values } }),
      async savePhoto({ id }: Offer, { key, photoId }: Left) {
        if (photos.size >= roomFor) throw new Error("no room");
        photos.set(key, { offerId: id, photoId });
      },
    },
    photoShelf: {
      photosOf: async () => shelf,
      forget: async ({ key }: Left) => {
        shelf = shelf.filter((one) => one.key !== key);
      },
    },
  });
  return self.takeDraft("h", () => {});
}

describe("a draft that the line left half way", () => {
  it("becomes one offer in the phone, with its photos and what was typed, however often it is opened", async () => {
    const hash = `#draft=${DRAFT}`;
    expect(await open(hash)).toBe(DRAFT);
    expect(await open(hash)).toBe(DRAFT);
    const values = { category: "pear", unit: "of pear", price: "12.50", quantity: "" };
    const had = ["p1"]; // has arrived in the draft
    expect([...offers.values()]).toEqual([
      { id: DRAFT, household: "h", draftVersion: 0, had, values },
    ]);
    expect(Object.fromEntries(photos)).toEqual({
      a1: { offerId: DRAFT, photoId: "p1" },
      b2: { offerId: DRAFT, photoId: undefined },
    });
    expect(shelf).toEqual([]);
  });

  it("goes on with what the market has of it, words and photos, and with what was typed last", async () => {
    const fields = { category: "apple", title: "红富士", price: "8.00" };
    saved = { fields, photoIds: ["p8", "p9"], at: 1 };
    await open(`#draft=${DRAFT}`);
    const offer = offers.get(DRAFT);
    expect(offer?.there).toEqual(["p8", "p9"]);
    const values = { ...fields, category: "pear", unit: "of pear", price: "12.50", quantity: "" };
    expect(offer?.values).toEqual(values);

    // Edited in that form since, it stays as it is; gone on with in the draft's pages, it follows.
    const kept = { ...offer, state: "draft", updatedAt: 5, values: { ...values, quantity: "7" } };
    offers.set(DRAFT, kept as Offer);
    await open(`#draft=${DRAFT}`);
    expect(offers.get(DRAFT)?.values).toMatchObject({ quantity: "7" });
    saved = { fields: { ...fields, quantity: "9" }, photoIds: ["p9"], at: 6 };
    await open(`#draft=${DRAFT}`);
    expect(offers.get(DRAFT)).toMatchObject({ there: ["p9"], values: { quantity: "9" } });
  });

  it("says which saving she knows: the oldest that any of the words was typed over", async () => {
    saved = { fields: { category: "pear" }, photoIds: [], at: 5, version: 4 };
    await open(`#draft=${DRAFT}`);
    expect(offers.get(DRAFT)).toMatchObject({ draftVersion: 4 });
    offers.clear();
    // She went on online over a price of hers that the market had not, on a page that somebody else saved.
    typed[`${TYPED}/amount`] = { values: { price: "12.50" }, made: { version: "2" } };
    await open(`#draft=${DRAFT}`);
    expect(offers.get(DRAFT)).toMatchObject({ draftVersion: 2 });
  });

  it("says which photos the draft had: also one that she would not keep, and one that came since", async () => {
    const had = ["p7", "p8"];
    saved = { fields: {}, photoIds: ["p8"], had, at: 1 };
    await open(`#draft=${DRAFT}`);
    expect(offers.get(DRAFT)).toMatchObject({ had: ["p7", "p8", "p1"], there: ["p8"] });
  });

  it("has neither price nor unit of the crop that was sold last", async () => {
    const fields = { category: "pear", title: "雪梨" };
    saved = { fields, photoIds: [], at: 1 };
    typed = {};
    await open(`#draft=${DRAFT}`);
    const values = { ...fields, unit: "of pear", price: "", quantity: "" };
    expect(offers.get(DRAFT)?.values).toEqual(values);
  });

  it("goes on with what only the disk has, where the browser was killed before it wrote it down", async () => {
    saved = { fields: { category: "apple" }, photoIds: ["p1"], at: 1 };
    const fields = { category: "pear", title: "雪梨" };
    onDisk = {
      [`draft:h:${DRAFT}`]: { fields, photoIds: ["p1", "p2"], at: 2 },
      [`${TYPED}/amount`]: { values: { price: "47.50", quantity: "23" }, at: 3 },
    };
    await open(`#draft=${DRAFT}`);
    const values = { ...fields, unit: "of pear", price: "47.50", quantity: "23" };
    expect(offers.get(DRAFT)).toMatchObject({ there: ["p1", "p2"], values });
  });

  it("keeps the photos for which there is no room where they were", async () => {
    roomFor = 1;
    await expect(open(`#draft=${DRAFT}`)).rejects.toThrow("no room");
    expect(shelf).toEqual([fig]);
  });

  it("is left alone where nothing names it, or what became of it is published or another's", async () => {
    expect(await open("#new")).toBeNull();
    for (const before of [{ state: "published", household: "h" }, { household: "other" }]) {
      offers.set(DRAFT, { id: DRAFT, ...before });
      expect(await open(`#draft=${DRAFT}`)).toBeNull();
    }
    expect(shelf).toEqual([pear, fig]);
  });
});
