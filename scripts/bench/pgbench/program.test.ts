import { expect, test } from "vitest";
import { StopLine } from "../../start/stop-line.ts";
import { findPgbench } from "./program.ts";

test("the first program that runs is taken", () => {
  expect(findPgbench(["/nowhere/pgbench", process.execPath, "/nowhere/else"])).toBe(
    process.execPath,
  );
});

test("a machine without pgbench is told what to install", () => {
  const find = () => findPgbench(["/nowhere/pgbench"]);
  expect(find).toThrow(StopLine);
  expect(find).toThrow("apt-get install postgresql-contrib");
});
