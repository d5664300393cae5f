import { invalidParameter, missingParameter, notImitated, unknownParameter } from "./errors.ts";
import { asList, type FormHash, type FormValue } from "./form.ts";

/** Reads one value that stands at `param`, or refuses it as Stripe would. */
export type Rule<T> = (value: FormValue, param: string) => T;

interface Field<T> {
  rule: Rule<T>;
  isRequired: boolean;
}
export const required = <T>(rule: Rule<T>): Field<T> & { isRequired: true } => ({
  rule,
  isRequired: true,
});
export const optional = <T>(rule: Rule<T>): Field<T> & { isRequired: false } => ({
  rule,
  isRequired: false,
});

type Fields = Record<string, Field<unknown>>;
type Read<F extends Fields> = {
  [K in keyof F as F[K]["isRequired"] extends true ? K : never]: ReturnType<F[K]["rule"]>;
} & {
  [K in keyof F as F[K]["isRequired"] extends true ? never : K]?: ReturnType<F[K]["rule"]>;
};

function nonEmpty(value: FormValue, param: string): string {
  if (typeof value !== "string") throw invalidParameter("Invalid string: {...}", param);
  if (value !== "") return value;
  throw invalidParameter(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    param,
    "parameter_invalid_empty",
  );
}

export const text =
  (maximum = 5000): Rule<string> =>
  (value, param) => {
    const given = nonEmpty(value, param);
    if (given.length <= maximum) return given;
    const shown = `${given.slice(0, 10)}...${given.slice(-10)}`;
    throw invalidParameter(
      `Invalid string: ${shown}; must be at most ${maximum} characters`,
      param,
    );
  };

export const integer =
  (minimum: number, maximum = 99_999_999): Rule<number> =>
  (value, param) => {
    const given = nonEmpty(value, param);
    const code = "parameter_invalid_integer";
    if (!/^-?\d{1,15}$/.test(given))
      throw invalidParameter(`Invalid integer: ${given}`, param, code);
    const number = Number(given);
    if (number < minimum)
      throw invalidParameter(
        `This value must be greater than or equal to ${minimum}.`,
        param,
        code,
      );
    if (number > maximum)
      throw invalidParameter(`This value must be less than or equal to ${maximum}.`, param, code);
    return number;
  };

export const oneOf =
  <const T extends string>(...choices: T[]): Rule<T> =>
  (value, param) => {
    const given = nonEmpty(value, param);
    if ((choices as string[]).includes(given)) return given as T;
    const list = new Intl.ListFormat("en", { type: "disjunction" }).format(choices);
    throw invalidParameter(`Invalid ${param}: must be one of ${list}`, param);
  };

export const webAddress =
  (maximum = 5000): Rule<string> =>
  (value, param) => {
    const given = text(maximum)(value, param);
    // {CHECKOUT_SESSION_ID} is Stripe's own placeholder, not part of the address.
    const plain = given.replaceAll("{CHECKOUT_SESSION_ID}", "cs");
    if (URL.canParse(plain) && /^https?:\/\//i.test(plain)) return given;
    throw invalidParameter("Not a valid URL", param, "url_invalid");
  };

export const listOf =
  <T>(rule: Rule<T>, maximum = 100): Rule<T[]> =>
  (value, param) => {
    const list = asList(value);
    if (!list) throw invalidParameter("Invalid array", param);
    if (list.length > maximum)
      throw invalidParameter(`Array ${param} exceeded maximum ${maximum} allowed elements.`, param);
    return list.map((item, index) => rule(item, `${param}[${index}]`));
  };

/** A hash with these fields and no other; `notHere` are Stripe's fields that we do not imitate. */
export const hash =
  <F extends Fields>(fields: F, notHere: readonly string[] = []): Rule<Read<F>> =>
  (value, param) => {
    if (typeof value === "string" || Array.isArray(value))
      throw invalidParameter("Invalid object", param);
    const at = (name: string) => (param ? `${param}[${name}]` : name);
    for (const name of Object.keys(value)) {
      if (notHere.includes(name)) throw notImitated(at(name));
      if (!Object.hasOwn(fields, name)) throw unknownParameter(at(name));
    }
    const read: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(fields)) {
      const given = value[name];
      if (given !== undefined) read[name] = field.rule(given, at(name));
      else if (field.isRequired) throw missingParameter(at(name));
    }
    return read as Read<F>;
  };

/** Up to 50 pairs, names up to 40 characters, values up to 500: docs.stripe.com/api/metadata */
export const metadata: Rule<Record<string, string>> = (value, param) => {
  if (typeof value === "string" || Array.isArray(value))
    throw invalidParameter("Invalid object", param);
  const pairs = Object.entries(value);
  if (pairs.length > 50)
    throw invalidParameter(
      `You can have up to 50 metadata keys, but you passed in ${pairs.length} keys.`,
      param,
    );
  const kept: Record<string, string> = {};
  for (const [name, item] of pairs) {
    const at = `${param}[${name}]`;
    if (name.length > 40)
      throw invalidParameter(
        `Metadata keys can have up to 40 characters, but you passed in a key that is ${name.length} characters. Invalid key: ${name}`,
        at,
      );
    if (typeof item !== "string") throw invalidParameter("Metadata values must be strings", at);
    if (item.length > 500)
      throw invalidParameter(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${item.length} characters. Invalid value: ${item}`,
        at,
      );
    if (item !== "") kept[name] = item;
  }
  return kept;
};

export const read = <T>(rule: Rule<T>, form: FormHash): T => rule(form, "");
