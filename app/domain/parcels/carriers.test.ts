import fc from "fast-check";
import { expect, test } from "vitest";
import { carriers, trackingOf } from "./carriers.ts";

test("every carrier that we know leads to a page that tells where its parcel is; another one nowhere", () => {
  const hosts = carriers.map((carrier) => {
    const tracking = trackingOf(carrier, "SF1234567890");
    return tracking && new URL(tracking.href).host;
  });
  expect(Object.fromEntries(carriers.map((carrier, index) => [carrier, hosts[index]]))).toEqual({
    sf: "www.sf-express.com",
    ...{ ems: "www.kuaidi100.com", zto: "www.kuaidi100.com", yto: "www.kuaidi100.com" },
    ...{ yunda: "www.kuaidi100.com", jd: "www.kuaidi100.com", other: null },
  });
  expect(trackingOf("zto", "773400001234")).toEqual({
    by: "kuaidi100",
    href: "https://www.kuaidi100.com/chaxun?com=zhongtong&nu=773400001234",
  });
  for (const carrier of [null, "", "none", "__proto__", "constructor"]) {
    expect(trackingOf(carrier, "SF1")).toBeNull();
  }
  expect(trackingOf("sf", null)).toBeNull();
  expect(trackingOf("sf", "")).toBeNull();
});

test("nothing that is typed as a number leads to another site or asks for another parcel", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...carriers.filter((carrier) => carrier !== "other")),
      fc.oneof(
        fc.string({ minLength: 1, unit: "grapheme" }),
        fc.constantFrom("../../evil", "1&nu=2", "1#x", "@evil.example", "javascript:1", "%2F..%2F"),
      ),
      (carrier, typed) => {
        const plain = new URL(trackingOf(carrier, "A1")?.href ?? "");
        const url = new URL(trackingOf(carrier, typed)?.href ?? "");
        expect([url.origin, url.hash]).toEqual([plain.origin, ""]);
        if (carrier === "sf") {
          expect(url.search).toBe("");
          // A path of two dots alone cannot be written at all.
          if (typed === "." || typed === "..") return;
          expect(decodeURIComponent(url.pathname.split("/").at(-1) ?? "")).toBe(typed);
        } else {
          expect(url.pathname).toBe(plain.pathname);
          expect([...url.searchParams.keys()]).toEqual(["com", "nu"]);
          expect(url.searchParams.get("nu")).toBe(typed);
        }
      },
    ),
  );
});
