import { expect, test } from "vitest";
import { StopLine } from "../start/stop-line.ts";
import { readArguments } from "./arguments.ts";

const known = ["order-sql", "order-http", "settle"];

test("no name asks for all, in the order of the table", () => {
  expect(readArguments([], known)).toEqual({ names: known, isQuick: false, jsonFile: undefined });
});

test("names are run in the order of the table, each once", () => {
  const asked = readArguments(["settle", "order-sql", "settle", "--quick"], known);
  expect(asked.names).toEqual(["order-sql", "settle"]);
  expect(asked.isQuick).toBe(true);
});

test.each([["--json", "figures.json"], ["--json=figures.json"]])(
  "the file is taken: %s %s",
  (...args) => {
    expect(readArguments(args, known).jsonFile).toBe("figures.json");
  },
);

test.each([
  [["order-slq"], /no bench order-slq\. There are: order-sql, order-http, settle\./],
  [["--fast"], /'--fast'.*Usage: npm run bench/s],
  [["--json"], /--json.*Usage: npm run bench/s],
  [["--json="], /--json wants the name of a file/],
  [["--quick=yes"], /--quick.*Usage/s],
])("%j is refused in one line", (args, line) => {
  const read = () => readArguments(args, known);
  expect(read).toThrow(StopLine);
  expect(read).toThrow(line);
});
