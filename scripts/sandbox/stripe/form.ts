import { StripeRefusal } from "./errors.ts";

/** A parsed form: text, a hash of named values, or a list. */
export type FormValue = string | FormHash | FormValue[];
export interface FormHash {
  [name: string]: FormValue;
}

const malformed = (name: string) => new StripeRefusal(`Invalid parameter name: ${name}`);

/** Reads `a[b][0][c]=x` as Stripe does: numbers are places in a list, `[]` is the next place. */
export function parseForm(body: string): FormHash {
  const form: FormHash = Object.create(null);
  for (const [name, value] of new URLSearchParams(body)) {
    const path = splitName(name);
    let here: FormHash = form;
    path.slice(0, -1).forEach((part) => {
      const key = part === "" ? String(Object.keys(here).length) : part;
      const next = here[key] ?? Object.create(null);
      if (typeof next === "string") throw malformed(name);
      here[key] = next;
      here = next as FormHash;
    });
    const last = path.at(-1) ?? "";
    const key = last === "" ? String(Object.keys(here).length) : last;
    if (typeof here[key] === "object") throw malformed(name);
    here[key] = value;
  }
  return form;
}

function splitName(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (!match?.[1]) throw malformed(name);
  const inner = [...(match[2] ?? "").matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? "");
  return [match[1], ...inner];
}

/** A hash whose names are all whole numbers, as a list in that order; undefined for other hashes. */
export function asList(value: FormValue): FormValue[] | undefined {
  if (typeof value === "string") return undefined;
  if (Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (!names.every((name) => /^\d+$/.test(name))) return undefined;
  return names
    .sort((one, other) => Number(one) - Number(other))
    .map((name) => value[name] as FormValue);
}
