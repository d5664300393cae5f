import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { acceptParcel } from "#app/domain/parcels/accept-parcel.ts";
import type { Carrier } from "#app/domain/parcels/carriers.ts";
import { findScanned, readScan } from "#app/domain/parcels/find-scanned.ts";
import { packParcel } from "#app/domain/parcels/pack-parcel.ts";
import { readLastStep } from "#app/domain/parcels/read-ticks.ts";
import { shipParcel } from "#app/domain/parcels/ship-parcel.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";
import type { Deed } from "./deeds.ts";

type Db = LoaderFunctionArgs["context"]["db"];
type Taken = { to: string } | { error: ErrorKey };

/** Where a step led that was not taken: the parcel, which says why. */
const refused = (parcelId: string, reason: string) => ({
  to: `/coop/parcels/${parcelId}?problem=${reason}`,
});

/** A label was scanned: look at the parcel, close its box, or go on to the carrier's paper. */
export async function takeLabel(
  db: Db,
  scope: CoopScope,
  { deed, code, carrier }: { deed: Deed; code: string; carrier: Carrier },
): Promise<Taken> {
  const parcel = await findScanned(db, scope, code);
  if (!parcel) return { error: "scanNoParcel" };
  const parcelId = parcel.id;
  if (deed === "open") return { to: `/coop/parcels/${parcelId}` };
  if (deed === "ship") return { to: `/coop/scan?do=ship&carrier=${carrier}&parcel=${parcelId}` };
  if (parcel.status === "waiting") {
    const accepted = await acceptParcel(db, scope, { parcelId });
    if (!accepted.ok) return refused(parcelId, accepted.reason);
  }
  const packed = await packParcel(db, scope, { parcelId });
  if (!packed.ok) return refused(parcelId, packed.reason);
  const last = packed.isNew ? null : await readLastStep(db, scope, parcelId);
  return { to: `/coop/scan?do=pack&last=${parcelId}${last && !last.byMe ? "&already" : ""}` };
}

/** The carrier's paper was scanned for a parcel. Our own label in its stead is no tracking number. */
export async function takeWaybill(
  db: Db,
  scope: CoopScope,
  { parcelId, code, carrier }: { parcelId: string; code: string; carrier: Carrier },
): Promise<Taken> {
  const isOurs = readScan(code)?.kind !== "tracking" && (await findScanned(db, scope, code));
  if (isOurs) return { error: "scanOwnLabel" };
  const shipped = await shipParcel(db, scope, { parcelId, carrier, trackingNumber: code });
  if (shipped.ok) return { to: `/coop/scan?do=ship&carrier=${carrier}&last=${parcelId}` };
  if (shipped.reason === "tracking-number") return { error: "trackingNumber" };
  if (shipped.reason === "parcel-not-found") return { error: "scanNoParcel" };
  return refused(parcelId, shipped.reason);
}
