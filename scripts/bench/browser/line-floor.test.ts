import { expect, test } from "vitest";
import { floorMs } from "./line-floor.ts";

const text = { pageBytes: 5_000, stylesheetBytes: 0, pictureBytes: 0, largest: "" };

test("the least that a line takes is its round trips and its bytes, one after the other", () => {
  expect(floorMs(text)).toBe(500);
  expect(floorMs({ ...text, stylesheetBytes: 10_000 })).toBe(1_100);
  expect(floorMs({ ...text, stylesheetBytes: 10_000, pictureBytes: 20_000 })).toBe(1_500);
});
