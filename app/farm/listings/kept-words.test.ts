import { beforeEach, describe, expect, it } from "vitest";
import {
  dieUnwritten,
  disk,
  newPhone,
  openDone,
  openTyped,
  type Words,
} from "#tests/factories/typed-page.ts";

beforeEach(newPhone);

describe("a browser that died before it had written what it keeps", () => {
  const aMoment = () => new Promise((done) => setImmediate(done));

  it("has it again from the phone's disk", async () => {
    openTyped({ path: "/farm/listings/new/whole", price: "10" }).type("12");
    dieUnwritten();
    const again = openTyped({ path: "/farm/listings/new/whole", price: "10" });
    await aMoment();
    expect(again.shown().price).toBe("12");
    expect(again.told()).toBe("here again");
  });

  it("takes the later words, where it had written the earlier ones", async () => {
    openTyped({ path: "/farm/listings/new/whole", price: "10" }).type("12");
    const [key = ""] = disk.keys();
    const later = disk.get(key) as Words;
    disk.set(key, { ...later, at: later.at + 1, values: { ...later.values, price: "13" } });
    const again = openTyped({ path: "/farm/listings/new/whole", price: "10" });
    await aMoment();
    expect(again.shown().price).toBe("13");
  });

  it("does not write over what she types meanwhile", async () => {
    openTyped({ path: "/farm/listings/new/whole", price: "10" }).type("12");
    dieUnwritten();
    const again = openTyped({ path: "/farm/listings/new/whole", price: "10" });
    again.type("99");
    await aMoment();
    expect(again.shown().price).toBe("99");
  });

  it("brings back nothing that has arrived", async () => {
    const page = openTyped({ path: "/farm/listings/new/whole", price: "10" });
    page.type("12");
    const sending = page.send();
    dieUnwritten();
    openDone(sending);
    expect(disk.size).toBe(0);
    openTyped({ path: "/farm/listings/new/whole", price: "10" }).type("12");
    dieUnwritten();
    const shown = openTyped({ path: "/farm/listings/new/whole", price: "12" });
    await aMoment();
    expect(shown.told()).toBe("");
    expect(disk.size).toBe(0);
  });
});
