/** Who carries a parcel; the code is what is stored, its names stand in the translations. */
export const carriers = ["sf", "ems", "zto", "yto", "yunda", "jd", "other"] as const;

export type Carrier = (typeof carriers)[number];

/**
 * Puts a typed tracking number into the form in which it is stored and compared: capitals, no
 * spaces, full-width digits made plain. Null unless 6–40 letters, digits or dashes remain.
 */
export function readTrackingNumber(typed: string): string | null {
  const number = typed.normalize("NFKC").replace(/\s+/g, "").toUpperCase();
  return /^[A-Z0-9-]{6,40}$/.test(number) ? number : null;
}
