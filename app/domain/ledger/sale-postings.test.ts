import { expect, test } from "vitest";
import { salePostings } from "./sale-postings.ts";

test("the worked example: two boxes of two households, 6 % fee, ¥8.00 freight", () => {
  const share = (code: string) => ({
    fen: 2811,
    reliefAccountCode: code,
    reliefAccountId: `id-${code}`,
  });
  const postings = salePostings({
    lines: [
      {
        orderLineId: "line",
        cooperativeSlug: "yanyuan",
        feeFen: 358,
        allocations: [share("LS-000123"), share("LS-000207")],
      },
    ],
    freight: [{ cooperativeSlug: "yanyuan", freightFen: 800 }],
  });
  expect(postings.map(({ account, fen }) => [account, fen])).toEqual([
    ["stripe:clearing", 6780],
    ["relief:LS-000123", -2811],
    ["relief:LS-000207", -2811],
    ["coop-fee:yanyuan", -358],
    ["freight:yanyuan", -800],
  ]);
  expect(postings.reduce((sum, { fen }) => sum + fen, 0)).toBe(0);
  expect(postings[1]).toMatchObject({ orderLineId: "line", reliefAccountId: "id-LS-000123" });
});

test("a free parcel and a cooperative without fee leave no posting of zero fen", () => {
  const postings = salePostings({
    lines: [
      {
        orderLineId: "line",
        cooperativeSlug: "yanyuan",
        feeFen: 0,
        allocations: [{ fen: 500, reliefAccountCode: "LS-000123", reliefAccountId: "id" }],
      },
    ],
    freight: [{ cooperativeSlug: "yanyuan", freightFen: 0 }],
  });
  expect(postings).toHaveLength(2);
});
