import { describe, expect, test } from "vitest";
import {
  nextOrderStatus,
  ORDER_EVENTS,
  ORDER_STATUSES,
  type OrderEvent,
  type OrderStatus,
} from "./order-states.ts";

const no = null;

/** Columns in the order of ORDER_EVENTS: every pair stands here, allowed or refused. */
const EXPECTED: Record<OrderStatus, (OrderStatus | null)[]> = {
  // biome-ignore format: one row a status, so that it reads as the table it is
  "pending-payment": ["paid", "expired", "cancelled", no, no, no, no, no, no, no, no, no],
  // biome-ignore format: see above
  paid: [no, no, "cancelled", "packing", "shipped", "delivered", no, "partly-refunded", "refunded", no, "disputed", no],
  // biome-ignore format: see above
  packing: [no, no, "cancelled", "packing", "shipped", "delivered", no, "partly-refunded", "refunded", no, "disputed", no],
  // biome-ignore format: see above
  shipped: [no, no, no, no, "shipped", "delivered", no, "partly-refunded", "refunded", no, "disputed", no],
  // biome-ignore format: see above
  delivered: [no, no, no, no, no, "delivered", "completed", "partly-refunded", "refunded", no, "disputed", no],
  // biome-ignore format: see above
  completed: [no, no, no, no, no, no, "completed", "partly-refunded", "refunded", no, "disputed", no],
  // biome-ignore format: see above
  cancelled: ["paid", no, no, no, no, no, no, no, "refunded", no, "disputed", no],
  // biome-ignore format: see above
  expired: ["paid", no, no, no, no, no, no, no, no, no, no, no],
  // biome-ignore format: see above
  "partly-refunded": [no, no, "cancelled", "partly-refunded", "partly-refunded", "partly-refunded", "partly-refunded", "partly-refunded", "refunded", "paid", "disputed", no],
  // biome-ignore format: see above
  refunded: [no, no, no, no, no, no, no, no, "refunded", "paid", "disputed", no],
  // biome-ignore format: see above
  disputed: [no, no, no, no, no, no, no, no, "refunded", no, "disputed", "paid"],
};

const pairs = ORDER_STATUSES.flatMap((status) =>
  ORDER_EVENTS.map((event, index): [OrderStatus, OrderEvent, OrderStatus | null] => [
    status,
    event,
    EXPECTED[status][index] ?? null,
  ]),
);

describe("the order's states", () => {
  test.each(pairs)("%s, then %s → %s", (status, event, expected) => {
    expect(nextOrderStatus(status, event)).toBe(expected);
  });

  test("every status has its row and every event its column", () => {
    for (const status of ORDER_STATUSES) {
      expect(EXPECTED[status]).toHaveLength(ORDER_EVENTS.length);
    }
  });
});
