import { expect, test } from "vitest";
import { gradedTitle } from "./graded-title.ts";

test("a line's grade is said once, whether or not its name says it", () => {
  expect(gradedTitle("zh", "盐源丑苹果 特级", "特级")).toBe("盐源丑苹果 特级");
  expect(gradedTitle("zh", "盐源丑苹果", "特级")).toBe("盐源丑苹果 特级");
  expect(gradedTitle("en", "Yanyuan apple, grade one", "Grade one")).toBe(
    "Yanyuan apple, grade one",
  );
  expect(gradedTitle("en", "Yanyuan apple", "Grade one")).toBe("Yanyuan apple, grade one");
});
