import { describe, expect, it } from "vitest";
import { photosAfter } from "./draft-photos.ts";

const draft = { photoIds: ["a", "b", "c"], version: 4 };
const said = { shown: ["a", "b", "c"], wanted: ["a", "b", "c"], version: 4 };

describe("the photos of a draft after a page of them was sent", () => {
  it("are those it wants, in their order, and those it knew nothing of", () => {
    const page = { ...said, shown: ["a", "b"], wanted: ["b", "d"] };
    expect(photosAfter(draft, page)).toEqual({
      ...{ photoIds: ["b", "c", "d"], takenOut: [], isTooMany: false },
    });
  });

  it("are without what another page has taken out since, which is named", () => {
    const now = { photoIds: ["a"], version: 5 };
    expect(photosAfter(now, { ...said, wanted: ["a", "b", "d"] })).toEqual({
      ...{ photoIds: ["a", "d"], takenOut: ["b"], isTooMany: false },
    });
    // A page that does not say of which saving it was made may be an old one.
    expect(photosAfter(now, { ...said, version: null }).takenOut).toEqual(["b", "c"]);
  });

  it("have back what is wanted by a page that was made since, and what was there before any saving", () => {
    const now = { photoIds: ["a"], version: 5 };
    const again = { shown: ["a", "b"], wanted: ["a", "b"], version: 5 };
    expect(photosAfter(now, again)).toMatchObject({ photoIds: ["a", "b"], takenOut: [] });
    const begun = { photoIds: [], version: 1 };
    expect(photosAfter(begun, { ...again, version: null })).toMatchObject({
      ...{ photoIds: ["a", "b"], takenOut: [] },
    });
  });

  it("are six at most", () => {
    const wanted = ["a", "b", "c", "d", "e", "f", "g"];
    expect(photosAfter(draft, { ...said, wanted })).toMatchObject({
      ...{ photoIds: wanted.slice(0, 6), isTooMany: true },
    });
  });
});
