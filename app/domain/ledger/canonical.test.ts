import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalBytes, chainedRoot, type SealedTransaction, type SealHead } from "./canonical.ts";

const posting = (id: string, account: string, fen: number) => ({
  id,
  account,
  accountKind: "asset",
  fen,
  orderLineId: null,
  reliefAccountId: null,
  createdAt: "2026-11-22T02:00:00.000002Z",
});

const SALE: SealedTransaction = {
  id: "01a",
  seq: 7,
  kind: "sale",
  causeType: "order",
  causeId: "01b",
  reversesId: null,
  idempotencyKey: 'sale:"é"',
  occurredAt: "2026-11-22T01:59:59.000000Z",
  createdAt: "2026-11-22T02:00:00.000001Z",
  postings: [posting("p1", "stripe:clearing", 5), posting("p2", "relief:LS-000123", -5)],
};

const HEAD: SealHead = {
  id: "01c",
  seq: 1,
  firstSeq: 1,
  lastSeq: 7,
  transactionCount: 7,
  merkleRoot: "ab".repeat(32),
  previousRoot: null,
  sealedAt: "2026-11-22T02:05:00.000000Z",
};

/** Every value inside, by its way there. */
function ways(value: unknown, way: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [way];
  return Object.entries(value).flatMap(([key, member]) => ways(member, [...way, key]));
}

/** A copy with one value changed, whatever its type. */
function changedAt(value: unknown, way: (string | number)[]): unknown {
  const [step, ...rest] = way;
  if (step === undefined) return typeof value === "number" ? value + 1 : `${value}x`;
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
  const members = copy as Record<string | number, unknown>;
  members[step] = changedAt(members[step], rest);
  return copy;
}

describe("the canonical form", () => {
  test("is one spelling: keys sorted, no white space, UTF-8", () => {
    const text = canonicalBytes({ ...SALE, postings: SALE.postings.slice(0, 1) }).toString("utf8");
    expect(text).toBe(
      '{"causeId":"01b","causeType":"order","createdAt":"2026-11-22T02:00:00.000001Z","id":"01a",' +
        '"idempotencyKey":"sale:\\"é\\"","kind":"sale","occurredAt":"2026-11-22T01:59:59.000000Z",' +
        '"postings":[{"account":"stripe:clearing","accountKind":"asset",' +
        '"createdAt":"2026-11-22T02:00:00.000002Z","fen":5,"id":"p1","orderLineId":null,' +
        '"reliefAccountId":null}],"reversesId":null,"seq":7,"v":1}',
    );
  });

  test("does not depend on the order in which fields are named", () => {
    const entries = Object.entries(SALE);
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const other = Object.fromEntries(shuffled) as SealedTransaction;
        expect(canonicalBytes(other)).toEqual(canonicalBytes(SALE));
      }),
    );
  });

  test.each(ways(SALE).map((way) => [way.join(".")]))("changes with %s", (way) => {
    const changed = changedAt(SALE, way.split(".")) as SealedTransaction;
    expect(canonicalBytes(changed)).not.toEqual(canonicalBytes(SALE));
  });

  test("tells two postings that swapped their accounts or their places", () => {
    const [one, two] = SALE.postings as [
      SealedTransaction["postings"][0],
      (typeof SALE.postings)[0],
    ];
    const accounts = [
      { ...one, account: two.account },
      { ...two, account: one.account },
    ];
    for (const postings of [accounts, [two, one]]) {
      expect(canonicalBytes({ ...SALE, postings })).not.toEqual(canonicalBytes(SALE));
    }
  });
});

describe("the chained root", () => {
  test("is SHA-256 over 0x02 and the head's canonical form", () => {
    const text =
      `{"firstSeq":1,"id":"01c","lastSeq":7,"merkleRoot":"${"ab".repeat(32)}",` +
      '"previousRoot":null,"sealedAt":"2026-11-22T02:05:00.000000Z","seq":1,"transactionCount":7,"v":1}';
    const hash = createHash("sha256").update(`\u0002${text}`).digest();
    expect(chainedRoot(HEAD)).toEqual(hash);
  });

  test.each(Object.keys(HEAD).map((key) => [key]))("changes with %s", (key) => {
    const changed = changedAt(HEAD, [key]) as SealHead;
    expect(chainedRoot(changed)).not.toEqual(chainedRoot(HEAD));
  });
});
