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

/** Whose page tells where a parcel is: a carrier's own, or 快递100, which asks the carrier. */
type Tracking = { by: "carrier" | "kuaidi100"; urlOf: (number: string) => string };

/** Its own page tells most carriers' parcels only to a form; this one takes a carrier's name (its `com`) and a number. */
const kuaidi100 = (com: string): Tracking => ({
  by: "kuaidi100",
  urlOf: (number) => `https://www.kuaidi100.com/chaxun?com=${com}&nu=${number}`,
});

const trackings: Record<Carrier, Tracking | null> = {
  sf: {
    by: "carrier",
    urlOf: (number) => `https://www.sf-express.com/we/ow/chn/sc/waybill/waybill-detail/${number}`,
  },
  ems: kuaidi100("ems"),
  zto: kuaidi100("zhongtong"),
  yto: kuaidi100("yuantong"),
  yunda: kuaidi100("yunda"),
  jd: kuaidi100("jd"),
  other: null,
};

/**
 * Where anybody can read how far a parcel has come; null for a carrier that we do not know. What was
 * typed as its number cannot lead anywhere else.
 */
export function trackingOf(
  carrier: string | null,
  number: string | null,
): { by: Tracking["by"]; href: string } | null {
  const known = carriers.find((code) => code === carrier);
  const tracking = known && trackings[known];
  if (!tracking || !number) return null;
  return { by: tracking.by, href: tracking.urlOf(encodeURIComponent(number)) };
}
