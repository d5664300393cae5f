import { describe, expect, it } from "vitest";
import { deriveOrderStatus, orderProgress } from "./order-progress-rule.ts";
import { nextParcelStatus, type ParcelEvent, parcelStatuses } from "./parcel-states.ts";

describe("the way of a parcel", () => {
  // Rows: events. Columns: waiting, accepted, packed, shipped, delivered, cancelled.
  const expected: Record<ParcelEvent, string[]> = {
    accept: ["accepted", "=", "=", "=", "=", "parcel-cancelled"],
    pack: ["accept-first", "packed", "=", "=", "=", "parcel-cancelled"],
    ship: ["accept-first", "pack-first", "shipped", "=", "=", "parcel-cancelled"],
    deliver: ["ship-first", "ship-first", "ship-first", "delivered", "=", "parcel-cancelled"],
    cancel: ["cancelled", "cancelled", "cancelled", "already-shipped", "already-shipped", "="],
  };
  const pairs = Object.entries(expected).flatMap(([event, row]) =>
    parcelStatuses.map((status, index) => [event, status, row[index]] as const),
  );

  it.each(pairs)("%s when %s is answered with %s", (event, status, answer) => {
    const next = nextParcelStatus(status, event as ParcelEvent);
    const said = next.ok ? (next.isNew ? next.status : "=") : next.reason;
    expect(said).toBe(answer);
    if (next.ok && !next.isNew) expect(next.status).toBe(status);
  });
});

describe("an order's progress", () => {
  it("is that of its slowest parcel, cancelled ones left out", () => {
    expect(orderProgress(["waiting", "waiting"])).toBe("paid");
    expect(orderProgress(["waiting", "packed"])).toBe("packing");
    expect(orderProgress(["shipped", "accepted"])).toBe("packing");
    expect(orderProgress(["shipped", "delivered"])).toBe("shipped");
    expect(orderProgress(["delivered", "delivered"])).toBe("delivered");
    expect(orderProgress(["delivered", "cancelled"])).toBe("delivered");
    expect(orderProgress(["cancelled"])).toBe(null);
  });

  it("never covers up a refund, a dispute or a completion", () => {
    for (const status of ["partly-refunded", "refunded", "disputed", "completed"] as const) {
      expect(deriveOrderStatus(status, ["shipped"])).toBe(status);
    }
    expect(deriveOrderStatus("packing", ["shipped"])).toBe("shipped");
    expect(deriveOrderStatus("paid", ["waiting"])).toBe("paid");
    expect(deriveOrderStatus("packing", ["cancelled"])).toBe("packing");
  });
});
