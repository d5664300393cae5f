import type { AppLoadContext } from "@remix-run/server-runtime";
import type { KeptAddress } from "#app/domain/addresses/address-book.ts";
import { parsePasted } from "#app/domain/addresses/parse-pasted.ts";
import type { FormValues } from "#app/forms/read-form.ts";

/** The names of an address's fields, in the order of the page. */
export const ADDRESS_FIELDS = [
  "recipient",
  "phone",
  "province",
  "city",
  "county",
  "township",
  "street",
] as const;

/** A kept address as a form of its fields has it filled in. */
export function valuesOf({ chain, ...address }: KeptAddress): Record<string, string> {
  const { recipient, phone, township, street } = address;
  const { province, city, county } = chain;
  return { recipient, phone, province, city, county: county ?? "", township, street };
}

/**
 * What was typed, with what a pasted address says in its stead; a field that it does not tell stays
 * as it was typed, and the pasted text stays too. A new region takes the place of the whole old one.
 */
export async function withPasted({ db }: AppLoadContext, values: FormValues): Promise<FormValues> {
  const { recipient, phone, province, city, county, township, street } = await parsePasted(
    db,
    values.pasted ?? "",
  );
  const told = Object.entries({ recipient, phone, township, street }).filter(([, text]) => text);
  const region = province && { province, city: city ?? "", county: county ?? "" };
  return { ...values, ...Object.fromEntries(told), ...region };
}
