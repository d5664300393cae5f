import type { Json } from "#db/schema.d.ts";

/** Where a parcel goes, as it stood when the order was placed. */
export type ShipTo = {
  recipient: string;
  phone: string;
  regionCode: string;
  regionZh: string;
  regionEn: string;
  street: string;
};

/** Reads the address snapshot of an order; an absent part comes back empty, never as a crash. */
export function readShipTo(snapshot: Json): ShipTo {
  const fields = new Map(
    typeof snapshot === "object" && snapshot !== null ? Object.entries(snapshot) : [],
  );
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return {
    recipient: text("recipient"),
    phone: text("phone"),
    regionCode: text("regionCode"),
    regionZh: text("regionZh"),
    regionEn: text("regionEn"),
    street: text("street"),
  };
}
