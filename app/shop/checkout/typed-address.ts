import type { AppLoadContext } from "@remix-run/server-runtime";
import { type KeptAddress, listAddresses } from "#app/domain/addresses/address-book.ts";
import { readLastAddress } from "#app/domain/addresses/read-last-address.ts";
import { regionChain } from "#app/domain/regions/choose-region.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { valuesOf } from "../addresses/address-values.ts";
import { NEW_ADDRESS } from "./address-card.tsx";

/** What a signed-in buyer has kept; a guest types hers, which the form knows from the last time. */
export async function savedOf({ db }: AppLoadContext, buyer: BuyerScope): Promise<KeptAddress[]> {
  return buyer.userId === null ? [] : listAddresses(db, buyer);
}

/**
 * Puts the address that she chose into the form as if she had typed it; of one that is no longer in
 * her book the error beside the choice.
 */
export function chooseSaved(sent: FormData, saved: readonly KeptAddress[]): FieldErrors {
  const asked = sent.get("addressId");
  if (asked === null || asked === NEW_ADDRESS) return {};
  const chosen = saved.find(({ id }) => id === asked);
  if (!chosen) return { addressId: "addressGone" };
  for (const [name, value] of Object.entries(valuesOf(chosen))) sent.set(name, value);
  return {};
}

/** What a guest, or somebody with an empty book, had the last order sent to; nothing the first time. */
export async function lastValues({ db }: AppLoadContext, buyer: BuyerScope): Promise<FormValues> {
  const address = await readLastAddress(db, buyer);
  if (!address) return {};
  const { recipient, phone, township, street, regionCode } = address;
  return { recipient, phone, township, street, ...(await regionChain(db, regionCode)) };
}

/** Township and street as one, which is how an order has them: no list of ours names townships. */
export function withTownship({ township, street }: { township: string; street: string }): string {
  return /\p{Script=Han}$/u.test(township)
    ? `${township}${street}`
    : `${township} ${street}`.trim();
}
