import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { divideParcel } from "#app/domain/parcels/divide-parcel.ts";
import { at } from "./model.ts";
import { lineOf, unitsOf } from "./play-short.ts";
import type { Real } from "./real.ts";
import type { InBox } from "./short.ts";

/** Said twice, as a packer with a bad line does; the second time changes nothing. */
export async function laterInReal(real: Real, index: number, box: InBox): Promise<string> {
  const { scope, line, input } = await lineOf(real, index, box);
  const units = box.much % 4;
  const now = real.now();
  const asked = {
    ...{ parcelId: input.parcelId, clientKey: input.clientKey, now },
    ...{ reason: "not-harvested" as const, promisedOn: shanghaiDay(now) },
    later: units === 0 ? [] : [{ orderLineId: line.id, units }],
    shownUnits: await unitsOf(real, index),
  };
  const split = await divideParcel(real.db, scope, asked);
  if (!split.ok) return split.reason;
  const again = await divideParcel(real.db, scope, asked);
  const isSame = again.ok && !again.isNew && again.restParcelId === split.restParcelId;
  const { coop, order } = at(real.parcels, index);
  real.parcels.push({ id: split.restParcelId, coop, order });
  return `later ${units}${isSame ? "" : " otherwise"}`;
}
