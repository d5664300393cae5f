/** The lists and forms of whoever packs, but those of one parcel. */
export function packingPages(): string[] {
  const labels = ["labels", "labels/a4"].map((paper) => `/coop/packing-list/${paper}?state=packed`);
  const lists = ["parcel", "product", "household"].map(
    (by) => `/coop/packing-list?state=waiting&by=${by}`,
  );
  const forms = ["/coop/scan", "/coop/scan?do=ship", "/coop/tracking"];
  return [...lists, "/coop/packing-list?state=accepted", ...labels, ...forms];
}
