/** "TJ20261123000001", and of a part that is sent later "TJ20261123000001-2"; in bars without letters. */
const PRINTED = /^(?:TJ)?(20\d{12})(?:-([2-9]|[1-9]\d))?$/i;
const BARS = /^(20\d{12})0([2-9])$/;

/** What a parcel goes by: its order's number, and which part of it, where it is not the first. Pure. */
export function readParcelNumber(text: string): string | null {
  const [, digits, part] = PRINTED.exec(text) ?? BARS.exec(text) ?? [];
  if (!digits) return null;
  return `TJ${digits}${part ? `-${part}` : ""}`;
}

/** The order that a parcel's number, or an order's, is of. Pure. */
export const orderOf = (number: string): string => number.split("-")[0] ?? "";

/** Which part of its order a parcel's number is of. Pure. */
export const partOf = (number: string): number => Number(number.split("-")[1] ?? 1);

/** What part so many of an order goes by, from any of its parcels' numbers. Pure. */
export function parcelNumber(number: string, part: number): string {
  const order = orderOf(number);
  return part > 1 ? `${order}-${part}` : order;
}

/** The digits of a parcel's number as bars have them: in pairs, the part as two of them. Pure. */
export function barsOf(parcelNumber: string): string {
  const [order = "", part] = parcelNumber.replace(/[^\d-]/g, "").split("-");
  return order + (part ? part.padStart(2, "0") : "");
}
