import { describe, expect, test } from "vitest";
import { DatabaseAway } from "#db/database-away.ts";
import { writeTogether } from "./write-together.ts";

/** A write that takes its time, and refuses whatever is said to be bad; what it was asked, in order. */
function openWriter({ fault = new Error("bad"), most = 3 } = {}) {
  const asked: string[][] = [];
  const write = writeTogether(async (items: string[]) => {
    asked.push(items);
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (items.some((item) => item.startsWith("bad"))) throw fault;
    return items.map((item) => item.toUpperCase());
  }, most);
  return { asked, all: (items: string[]) => Promise.allSettled(items.map(write)) };
}
const value = (said: string) => ({ status: "fulfilled", value: said });

describe("what is to be written while others are being written", () => {
  test("is written with all that wait, so many at a time, and each has its own answer", async () => {
    const { asked, all } = openWriter();
    const answers = await all(["a", "b", "c", "d", "e", "f", "g"]);
    expect(answers).toEqual(["A", "B", "C", "D", "E", "F", "G"].map(value));
    expect(asked).toEqual([["a"], ["b"], ["c", "d", "e"], ["f", "g"]]);
    expect(await all(["h"])).toEqual([value("H")]);
  });

  test("is not refused for another's fault", async () => {
    const { all } = openWriter();
    const rejected = { status: "rejected", reason: new Error("bad") };
    expect(await all(["a", "b", "c", "bad", "d"])).toEqual([
      value("A"),
      value("B"),
      value("C"),
      rejected,
      value("D"),
    ]);
  });

  test("is refused at once when the database is away", async () => {
    const fault = new DatabaseAway(null);
    const { asked, all } = openWriter({ fault });
    const answers = await all(["a", "b", "c", "bad", "d"]);
    expect(answers.slice(2)).toEqual(Array(3).fill({ status: "rejected", reason: fault }));
    expect(asked).toHaveLength(3);
  });
});
