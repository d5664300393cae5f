import { expect, test } from "vitest";
import { salePostings } from "./sale-postings.ts";

test("the product's worked example, posting by posting", () => {
  const share = (code: string) => ({
    fen: 2_811,
    reliefAccountId: `account of ${code}`,
    reliefAccountCode: code,
  });
  const postings = salePostings({
    freight: [{ cooperativeSlug: "yanyuan", freightFen: 800 }],
    lines: [
      {
        orderLineId: "line",
        cooperativeSlug: "yanyuan",
        feeFen: 358,
        allocations: [share("LS-000123"), share("LS-000207")],
      },
    ],
  });
  expect(postings.map(({ account, fen }) => [account, fen])).toEqual([
    ["stripe:clearing", 6_780],
    ["relief:LS-000123", -2_811],
    ["relief:LS-000207", -2_811],
    ["coop-fee:yanyuan", -358],
    ["freight:yanyuan", -800],
  ]);
  expect(postings[1]).toMatchObject({
    orderLineId: "line",
    reliefAccountId: "account of LS-000123",
  });
  expect(postings.reduce((sum, posting) => sum + posting.fen, 0)).toBe(0);
});

test("no fee and free freight make no posting of zero", () => {
  const postings = salePostings({
    freight: [{ cooperativeSlug: "yanyuan", freightFen: 0 }],
    lines: [
      {
        orderLineId: "line",
        cooperativeSlug: "yanyuan",
        feeFen: 0,
        allocations: [{ fen: 100, reliefAccountId: "a", reliefAccountCode: "LS-000123" }],
      },
    ],
  });
  expect(postings.map((posting) => posting.fen)).toEqual([100, -100]);
});
