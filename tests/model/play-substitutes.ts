import { answerSubstitute } from "#app/domain/substitutions/answer-substitute.ts";
import { lapseSubstitutes } from "#app/domain/substitutions/lapse-substitutes.ts";
import { proposeSubstitute } from "#app/domain/substitutions/propose-substitute.ts";
import { withdrawSubstitute } from "#app/domain/substitutions/withdraw-substitute.ts";
import { at } from "./model.ts";
import { lineOf } from "./play-short.ts";
import { again, type Real, scopeOf } from "./real.ts";
import type { Proposing } from "./substitutes.ts";

/** Said twice, as a packer with a bad line does; the second time changes nothing. */
export async function proposeInReal(
  real: Real,
  index: number,
  { listing, missing, offer, quantity, isMisread }: Proposing,
): Promise<string> {
  const { scope, line, input } = await lineOf(real, index, { listing, much: 0 });
  const { id: listingId, priceFen } = at(real.listings, offer);
  const asked = {
    ...{ ...input, orderLineId: line.id, missing, reason: "gone" as const, listingId, quantity },
    ...{ seenPriceFen: priceFen + (isMisread ? 1 : 0), now: real.now() },
  };
  const proposed = await proposeSubstitute(real.db, scope, asked);
  if (!proposed.ok) return proposed.reason;
  real.substitutions.push(proposed.substitutionId);
  const twice = await proposeSubstitute(real.db, scope, asked);
  const isSame = twice.ok && !twice.isNew && twice.substitutionId === proposed.substitutionId;
  return `proposed ${proposed.backFen}${isSame ? "" : " otherwise"}`;
}

async function whose(real: Real, substitutionId: string) {
  const { order_id, parcel_id } = await real.db
    .selectFrom("substitutions")
    .where("id", "=", substitutionId)
    .select(["order_id", "parcel_id"])
    .executeTakeFirstOrThrow();
  const order = real.orders.find(({ id }) => id === order_id);
  const parcel = real.parcels.find(({ id }) => id === parcel_id);
  if (!order || !parcel) throw new Error("nobody's proposal");
  return { order, parcel };
}

/** The buyer taps twice. */
export async function answerInReal(real: Real, index: number, isYes: boolean): Promise<string> {
  const substitutionId = at(real.substitutions, index);
  const { order } = await whose(real, substitutionId);
  const asked = {
    ...{ number: order.number, substitutionId, now: real.now() },
    locale: "zh" as const,
    answer: isYes ? ("yes" as const) : ("no" as const),
  };
  const answered = await answerSubstitute(real.db, order.buyer, asked);
  if (!answered.ok) {
    return answered.reason === "answered" ? `answered ${answered.state}` : answered.reason;
  }
  const twice = await answerSubstitute(real.db, order.buyer, asked);
  const isSame = twice.ok && !twice.isNew && twice.state === answered.state;
  return `${answered.state} ${again(answered.isNew)}${isSame ? "" : " otherwise"}`;
}

export async function withdrawInReal(real: Real, index: number, isFound: boolean): Promise<string> {
  const substitutionId = at(real.substitutions, index);
  const { parcel } = await whose(real, substitutionId);
  const withdrawn = await withdrawSubstitute(real.db, scopeOf(real, parcel.coop), {
    ...{ parcelId: parcel.id, substitutionId, isFound, now: real.now() },
  });
  if (withdrawn.ok) return `withdrawn ${again(withdrawn.isNew)}`;
  return withdrawn.reason === "answered" ? `answered ${withdrawn.state}` : withdrawn.reason;
}

export async function lapseInReal(real: Real): Promise<string> {
  const { lapsed } = await lapseSubstitutes(real.db, { now: real.now() });
  return `lapsed ${lapsed}`;
}
