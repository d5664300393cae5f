import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it } from "vitest";
import { Part } from "#tests/factories/page-part.ts";

const [rows, upload] = ["rows", "upload"].map((name) =>
  readFileSync(`public/enhance/photo-${name}.js`, "utf8"),
);
const typed = readFileSync("public/enhance/keep-typed.js", "utf8");

type Kept = { key: string; draft: string; file: Photo; at: number; photoId?: string };
let shelf: Map<string, Kept>;
/** What the line was asked, and what it answers. */
let asked: string[];
/** Whose session it is; nobody's when it is over. */
let signedIn: string;
/** What the line answers to whoever's photo it is not. */
let shut: number;
/** Bytes of the largest photo for which the phone has room. */
let roomFor: number;
let shrink: (file: Photo) => Promise<{ file: Photo }>;
beforeEach(() => {
  roomFor = 9;
  shrink = async ({ name }) => ({ file: photoOf(name, 3) });
  shelf = new Map();
  asked = [];
  signedIn = "hers";
  shut = 401;
});

const photoShelf = {
  put: async (record: Kept) =>
    void (record.file.size <= roomFor && shelf.set(record.key, { ...record })),
  forget: async ({ key }: Kept) => void shelf.delete(key),
  photosOf: async (draft: string) =>
    [...shelf.values()]
      .filter((one) => one.draft === draft)
      .sort((one, other) => one.at - other.at || (one.key < other.key ? -1 : 1)),
  async forgetAll(draft: string) {
    for (const one of shelf.values()) if (one.draft === draft) shelf.delete(one.key);
  },
};

/** A photo, all of which is one piece. */
type Photo = { name: string; size: number; slice(): Photo };
const photoOf = (name: string, size: number): Photo => ({
  ...{ name, size, slice: () => photoOf(name, size) },
});

/** A market that takes a photo whole and calls it by its name. */
class Line {
  method = "";
  status = 0;
  responseText = "";
  upload = {};
  household = signedIn;
  headers: Record<string, string> = {};
  onload = () => {};
  open(method: string) {
    this.method = method;
  }
  setRequestHeader(name: string, value: string) {
    if (name === "Farm-Household") this.household = value;
    if (name === "For-Household") asked.push(`for ${value}`);
    if (name === "Upload-Metadata") asked.push(atob(value.split(",draft ")[1] ?? ""));
  }
  getResponseHeader = (name: string) => this.headers[name] ?? null;
  send(body: Photo | null) {
    asked.push(this.method);
    this.status = this.method === "POST" ? 201 : 204;
    this.headers = body ? { "Photo-Id": body.name } : { "Upload-Offset": "0" };
    if (this.household !== signedIn) Object.assign(this, { status: shut, headers: {} });
    this.onload();
  }
}

/** Opens a page with a form for photos, of which some are there already, and runs the script. */
async function open(place: string, shown: string[] = [], more: Record<string, string> = {}) {
  const form = new Part({ requestSubmit() {} });
  const input = new Part({
    type: "file",
    name: "photo",
    files: [],
    form,
    dataset: { photoUpload: place, ...more },
  });
  input.dataset.words = JSON.stringify({
    ...{ photo: "", remove: "", waiting: "", sending: "", there: "", signedOut: "", busy: "" },
  });
  const boxes = shown.map((value) => new Part({ name: "photoId", value, checked: true }));
  form.append(input, ...boxes);
  const window = {
    photoShelf,
    shrinkPhoto: (file: Photo) => shrink(file),
    addEventListener() {},
  };
  runInNewContext(`${rows}${upload}`, {
    ...{ window, XMLHttpRequest: Line, crypto, btoa, setTimeout },
    location: { pathname: place, search: "" },
    URL: { createObjectURL: () => "" },
    document: {
      ...{ querySelector: () => input, createElement: () => new Part() },
      documentElement: { dataset: { household: "hers" } },
    },
  });
  const settled = () => new Promise(setImmediate); // all that waits here are promises
  await settled();
  return {
    async choose(...names: string[]) {
      input.files = names.map((name) => photoOf(name, 9));
      input.heard.change?.({});
      await settled();
    },
    async tick(id: string, checked: boolean) {
      const box = boxes.find(({ value }) => value === id);
      Object.assign(box ?? {}, { checked });
      await box?.heard.change?.({});
    },
    /** The ids of photos that the form would send. */
    ids: () =>
      form
        .querySelectorAll("[name=photoId]")
        .filter(({ checked }) => checked !== false)
        .map(({ value }) => value),
  };
}

/** Opens the page to which a form with photos that was taken leads on. */
function openDone(photos: string) {
  const kept = JSON.stringify({ sending: "s1", photos, at: Date.now() });
  const localStorage = { "typed:h:x": kept, getItem: () => kept, removeItem() {} };
  runInNewContext(typed, {
    ...{ window: { photoShelf }, localStorage, URL, history: { replaceState() {} } },
    location: { href: "http://market.test/farm/listings/1?arrived=s1" },
    document: { documentElement: { dataset: {} }, querySelector: () => null },
  });
}

const EDIT = "/farm/listings/1/edit";

describe("a photo chosen to change a listing", () => {
  it("is there again after a reload, though it is sent only once, until the change has arrived", async () => {
    const page = await open(EDIT, ["old"]);
    await page.choose("pear");
    expect(page.ids()).toEqual(["old", "pear"]);
    expect(asked).toEqual(["", "POST", "PATCH"]); // for no draft
    expect((await open(EDIT, ["old"])).ids()).toEqual(["old", "pear"]);
    expect((await open("/farm/listings/2/edit")).ids()).toEqual([]);
    expect(asked).toHaveLength(3);
    openDone(EDIT);
    expect((await open(EDIT, ["old"])).ids()).toEqual(["old"]);
  });

  it("stays in the phone when her session is over, and is sent once she has signed in", async () => {
    signedIn = "";
    const page = await open(EDIT);
    await page.choose("pear");
    expect(page.ids()).toEqual([]);
    signedIn = "hers";
    expect((await open(EDIT)).ids()).toEqual(["pear"]);
  });

  // 403: a manager has signed in, or somebody who farms for no household.
  it.each([401, 403])(
    "is not sent for the other one of two who share a phone, and stays for her (%i)",
    async (status) => {
      const page = await open(EDIT);
      signedIn = "other's";
      shut = status;
      await page.choose("pear");
      expect(page.ids()).toEqual([]);
      signedIn = "hers";
      expect((await open(EDIT)).ids()).toEqual(["pear"]);
    },
  );

  it("that came back with a refused form counts once; unticked, it is gone", async () => {
    await (await open(EDIT)).choose("pear");
    const refused = await open(EDIT, ["pear"]);
    expect(refused.ids()).toEqual(["pear"]);
    expect((await open(EDIT)).ids()).toEqual(["pear"]);
    await refused.tick("pear", false);
    expect((await open(EDIT)).ids()).toEqual([]);
    await refused.tick("pear", true);
    expect((await open(EDIT)).ids()).toEqual(["pear"]);
  });

  it("with others is kept as it was shot before the first is made small, and is made small later", async () => {
    const names = ["pear", "apple", "plum", "fig", "peach", "date"];
    const small = shrink;
    shrink = () => new Promise(() => {}); // the phone dies meanwhile
    await (await open(EDIT)).choose(...names);
    expect([...shelf.values()].map(({ file }) => file.name)).toEqual(names);
    shrink = small;
    expect((await open(EDIT)).ids()).toEqual(names);
    expect([...shelf.values()].map(({ file }) => file.size)).toEqual(names.map(() => 3));
    shrink = () => Promise.reject(new Error("it is small already"));
    expect((await open(EDIT)).ids()).toEqual(names);
  });

  it("is made small and sent also where the phone has no room for it as it was shot", async () => {
    roomFor = 3;
    const page = await open(EDIT);
    await page.choose("pear", "apple");
    expect(page.ids()).toEqual(["pear", "apple"]);
    expect((await open(EDIT)).ids()).toEqual(["pear", "apple"]);
  });

  it("by a manager is sent for the household, and is nothing of another manager's", async () => {
    const place = "/coop/listings/new/1?m1";
    const page = await open(place, [], { uploadFor: "household" });
    await page.choose("pear");
    const named = "for household";
    expect(asked).toEqual([named, "", "POST", named, "PATCH"]);
    expect((await open("/coop/listings/new/1?m2")).ids()).toEqual([]);
    expect((await open(place)).ids()).toEqual(["pear"]);
  });

  it("for a draft is the draft's as soon as the market has it", async () => {
    const draft = "018f0000-0000-7000-8000-000000000001";
    const page = await open(draft);
    await page.choose("pear");
    expect(page.ids()).toEqual(["pear"]);
    expect(asked).toEqual([draft, "POST", "PATCH"]);
    expect((await open(draft)).ids()).toEqual([]);
  });
});
