import { expect, test } from "vitest";
import { orderScript } from "./order-script.ts";

const ORDER = [
  {
    sql: "select $1, $2, $10, $3, $4",
    parameters: ["a", null, 7, new Date(0), 5, 6, 7, 8, 9, true],
  },
  { sql: " select write_order($1::jsonb) ", parameters: ["{}"] },
];

test("every parameter is read back from its place, with its type", () => {
  const script = orderScript(ORDER, { table: "kept", perClient: 50, after: 800 });
  const from = (at: string) => `(select kept.parameters${at} from kept where n = :n)`;
  expect(script.split("\n")).toEqual([
    "\\set i :i + 1",
    "\\set n 800 + :client_id * 50 + :i",
    `select ${from("[1][1]")}, null, ${from("[1][10]")}::boolean, ${from("[1][3]")}::bigint, ${from("[1][4]")}::timestamptz;`,
    `select write_order(${from("[2][1]")}::jsonb);`,
    "",
  ]);
});
