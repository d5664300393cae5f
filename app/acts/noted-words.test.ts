import { expect, test } from "vitest";
import type { Json } from "#db/schema.d.ts";
import { notedWords } from "./noted-words.ts";

const ID = "0190a8f2-7c1a-7000-8000-000000000001";

/** What each kind of act notes, as the domain writes it. */
const NOTED: [string, Json][] = [
  ["listing", { price: "2990", unit: "bag 800", grade: "first", status: "paused" }],
  ["listing", { available: 15, harvestedOn: "2026-11-02", presaleLimit: "30" }],
  ["parcel", { status: "shipped", carrier: "sf", tracking_number: "SF1234567890" }],
  ["parcel", { units: 3 }],
  [
    "parcel",
    { order_line_id: ID, quantity: 1, reason: "spoiled", refund_id: ID, units: 2, fen: 2990 },
  ],
  [
    "parcel",
    {
      order_line_id: ID,
      expected_grams: 5000,
      actual_grams: 4800,
      refund_id: null,
      refund_fen: 120,
    },
  ],
  [
    "parcel",
    {
      ...{ split_id: ID, rest_parcel_id: ID, lines: { [ID]: 1 } },
      ...{ reason: "not-harvested", promised_on: "2026-11-30" },
    },
  ],
  ["claim", { state: "settled", fen: 500, fault: "carrier", by: "cooperative" }],
  ["lot", { available: 4, reason: "gone" }],
  ["listing", { certificateId: ID, kind: "green", number: "LB-1", validUntil: "2027-01-01" }],
  ["household-application", { state: "approved", householdId: ID }],
  ["cooperative", { numberEnd: "6789" }],
  ["cooperative", { invitationId: ID, role: "packer" }],
  ["cooperative", { weekday: 2 }],
  [
    "cooperative",
    {
      ...{ firstGrams: 1000, firstFen: 800, addedGrams: 500, addedFen: 200, groups: [] },
      ...{ remoteFen: 500, remoteProvinces: ["65"], freeFromFen: null, unservedProvinces: [] },
    },
  ],
  ["import", { taken: 9, lines: 10 }],
  [
    "cycle",
    {
      ...{ opensAt: "2026-11-22T00:00:00.000Z", closesAt: "2026-11-25T12:00:00.000Z" },
      ...{ collectsOn: "2026-11-26", shipsOn: "2026-11-27", tellsIdle: true },
      ...{ places: 4, listings: 12 },
    },
  ],
  ["tracking-file", { shipped: 2, lines: 3 }],
  ["payout-answers", { paid: 3, bounced: 1, lines: 4 }],
  ["payout", { status: "bounced", reason: "name-mismatch" }],
  [
    "payout-run",
    {
      ...{ totalFen: 5000, payoutCount: 2, terms: { soldUntil: "2026-11-22", minimumFen: 1000 } },
      ...{ paid: [{ reliefAccountId: ID, fen: 5000 }], leftOut: [] },
    },
  ],
  ["payout-run", { status: "confirmed", overdrawn: false }],
  ["payout-run", { reversalId: ID, reason: "bank-refused", note: "文件格式不对" }],
  ["payout-run", { reversalId: ID, reason: "not-sent", fen: 5000, payoutCount: 2 }],
];

test("whatever an act notes is read in words, in both languages, without a name or code of the program's", () => {
  for (const [subjectType, json] of NOTED) {
    const [zh, en] = (["zh", "en"] as const).map((lang) => notedWords(json, { subjectType }, lang));
    expect(zh, JSON.stringify(json)).not.toMatch(/[a-z]{2,}_|[a-z][A-Z]|[{}[\]"]|[a-z]{4,}/);
    expect(en).not.toMatch(/_|[a-z][A-Z][a-z]|[{}[\]"]/);
    expect(zh).not.toBe("");
    expect(`${zh}${en}`).not.toContain(ID);
  }
});

test("amounts, weights, days and carriers are said as everywhere, and what is new by its own name", () => {
  const shipped = { status: "shipped", carrier: "sf", tracking_number: "SF1234567890" };
  expect(notedWords(shipped, { subjectType: "parcel" }, "zh")).toBe(
    "状态：已发货；快递公司：顺丰速运；快递单号：SF1234567890",
  );
  const refund = { refund_fen: 120, actual_grams: 4800, validUntil: "2027-01-01" };
  expect(notedWords(refund, { subjectType: "parcel" }, "en")).toBe(
    "Given back: ¥1.20; Actual weight: 4.8 kg; Valid until: 1 Jan 2027",
  );
  const split = { lines: { [ID]: 2, [`${ID}2`]: 1 }, reason: "weather", promised_on: "2026-11-30" };
  expect(notedWords(split, { subjectType: "parcel" }, "zh")).toBe(
    "晚些寄的份数：3；原因：天气不好，暂时发不了；答应寄出的日子：2026年11月30日",
  );
  expect(notedWords({ moonPhase: "full" }, { subjectType: "parcel" }, "en")).toBe(
    "moonPhase: full",
  );
  expect(notedWords(null, { subjectType: "parcel" }, "zh")).toBe("");
});
