import { beforeEach, describe, expect, it } from "vitest";
import {
  newPhone,
  openDone,
  openTyped,
  type Page,
  shownAddresses,
} from "#tests/factories/typed-page.ts";

beforeEach(newPhone);

const edit: Page = { path: "/farm/listings/1/edit", version: "3", price: "10.00" };
const restock: Page = { path: "/farm/listings/1/restock", clientKey: "key-1" };

describe("what is typed into a listing's form", () => {
  it("is there again after a crash, tick by tick, and made of the saving she saw", () => {
    openTyped(edit).type("12.5", "b");
    const again = openTyped({ ...edit, version: "4", price: "11.00" });
    expect(again.told()).toBe("here again");
    expect(again.shown()).toMatchObject({ price: "12.5", version: "3", ticked: ["b"] });
    expect(again.shown().photos).toEqual(["a", "b"]);
    expect(openTyped({ ...edit, path: "/farm/listings/2/edit" }).told()).toBe("");
  });

  it("stays when its sending never arrived and somebody else has saved meanwhile", () => {
    const page = openTyped(edit);
    page.type("12.5");
    page.send();
    const again = openTyped({ ...edit, version: "4", price: "11.00" });
    expect(again.told()).toBe("here again");
    expect(again.shown()).toMatchObject({ price: "12.5", version: "3" });
  });

  it("has arrived when that very sending was answered, whatever the page says by then", () => {
    shownAddresses.length = 0;
    const page = openTyped(edit);
    page.type("12.5");
    const first = page.send();
    page.type("12.8");
    openDone(first);
    // What she typed after that sending is not in it.
    const again = openTyped({ ...edit, version: "4", price: "12.50" });
    expect(again.shown().price).toBe("12.8");
    openDone(again.send());
    expect(shownAddresses).toEqual(Array(2).fill("/farm/listings/1?done=edited"));
    const arrived = openTyped({ ...edit, version: "6", price: "13.00" });
    expect(arrived.told()).toBe("");
    expect(arrived.shown().price).toBe("13.00");
  });

  it("has arrived when the page shows just that", () => {
    const page = openTyped(edit);
    page.type("12.5");
    page.send();
    expect(openTyped({ ...edit, version: "4", price: "12.5" }).told()).toBe("");
    expect(openTyped({ ...edit, version: "5", price: "13.00" }).shown().price).toBe("13.00");
  });

  it("is not taken for arrived by an answer to an older sending that back brings again", () => {
    const page = openTyped(edit);
    page.type("12.5");
    const first = page.send();
    openDone(first);
    openTyped({ ...edit, version: "4", price: "12.50" }).type("14");
    openDone(first);
    expect(openTyped({ ...edit, version: "4", price: "12.50" }).shown().price).toBe("14");
  });

  it("belongs to whoever typed it: another manager on the same phone sees nothing of it", () => {
    const offer: Page = { path: "/coop/listings/new/1", clientKey: "key-1" };
    const by = (typedOf: string) => openTyped({ ...offer, dataset: { typedOf } });
    by("m1").type("12.5");
    expect(by("m2").told()).toBe("");
    expect(openTyped(offer).told()).toBe("");
    expect(by("m1").shown().price).toBe("12.5");
    expect(
      openTyped({ ...offer, path: "/coop/listings/new/2", dataset: { typedOf: "m1" } }).told(),
    ).toBe("");
  });

  it("stays when it came back refused and then the phone died", () => {
    const page = openTyped(edit);
    page.type("十块");
    page.send();
    openTyped({ ...edit, price: "十块", dataset: { typedUnsaved: "" } });
    expect(openTyped(edit).shown().price).toBe("十块");
  });

  it("is gone once she has chosen what somebody else saved meanwhile", () => {
    const typed = { ...edit, version: "4", price: "12.5" };
    const asked = openTyped({ ...typed, dataset: { typedUnsaved: "" } });
    const theirs = { ...edit, version: "4", price: "11.00" };
    expect(openTyped(theirs).shown()).toMatchObject({ price: "12.5", version: "4" });
    asked.takeTheirs();
    expect(openTyped(theirs).shown()).toMatchObject({ price: "11.00", version: "4" });
    expect(openTyped(theirs).told()).toBe("");
  });

  it('typed after its page was sent and "back" had brought it again, is no more what arrived by that key', () => {
    const page = openTyped(restock);
    page.type("8");
    page.send();
    page.type("6");
    const dataset = { typedTaken: "key-1" };
    const again = openTyped({ ...restock, clientKey: "key-2", dataset });
    expect(again.shown()).toMatchObject({ price: "6", key: "key-1" });
    expect(openTyped({ ...restock, clientKey: "key-3", dataset }).shown().price).toBe("6");
  });

  it("that adds stock keeps its key until the page has had it: it counts once", () => {
    const page = openTyped(restock);
    page.type("8");
    page.send();
    const again = openTyped({ ...restock, clientKey: "key-2", dataset: { typedTaken: "key-0" } });
    expect(again.shown()).toMatchObject({ price: "8", key: "key-1" });
    again.send();
    const dataset = { typedTaken: "key-1 key-0" };
    const arrived = openTyped({ ...restock, clientKey: "key-3", dataset });
    expect(arrived.told()).toBe("");
    expect(arrived.shown()).toMatchObject({ price: "", key: "key-3" });
  });
});
