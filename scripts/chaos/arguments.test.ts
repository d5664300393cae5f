import { expect, test } from "vitest";
import { StopLine } from "../start/stop-line.ts";
import { readArguments } from "./arguments.ts";
import { figureOf } from "./figures.ts";

const known = ["oversell", "ledger", "kill"];

test("no name asks for all, at full size", () => {
  expect(readArguments([], known)).toEqual({
    names: known,
    size: { isQuick: false, share: 1, seed: 1 },
    jsonFile: undefined,
  });
});

test("names are run in the order of the table, each once, at the size that is asked for", () => {
  const asked = readArguments(
    ["kill", "oversell", "kill", "--quick", "--share=0.1", "--seed", "7", "--json", "out.json"],
    known,
  );
  expect(asked).toEqual({
    names: ["oversell", "kill"],
    size: { isQuick: true, share: 0.1, seed: 7 },
    jsonFile: "out.json",
  });
});

test.each([
  [["oversel"], /no chaos oversel\. There are: oversell, ledger, kill\./],
  [["--fast"], /'--fast'.*Usage: npm run chaos/s],
  [["--json="], /--json wants the name of a file/],
  [["--share", "0"], /--share wants a number above 0, at most 1/],
  [["--share", "2"], /--share wants a number above 0, at most 1/],
  [["--seed", "x"], /--seed wants a number/],
  [["--seed", "1.5"], /--seed wants a whole number/],
])("%j is refused in one line", (args, line) => {
  const read = () => readArguments(args, known);
  expect(read).toThrow(StopLine);
  expect(read).toThrow(line);
});

test("a figure counts what deviated and tells how it was run", () => {
  const found = { passed: 9, failed: 1, deviations: ["seed 3: sold twice"], detail: { seeds: 10 } };
  const size = { isQuick: false, share: 0.5, seed: 1 };
  expect(figureOf({ found, seconds: 12.4 }, size)).toEqual({
    value: 1,
    target: 0,
    better: "lower",
    unit: "deviations",
    detail: {
      seeds: 10,
      passed: 9,
      deviations: ["seed 3: sold twice"],
      isQuick: false,
      share: 0.5,
      seed: 1,
      seconds: 12,
    },
  });
});
