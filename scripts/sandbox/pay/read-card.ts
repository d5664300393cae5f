import type { Payer } from "../stripe/build-method.ts";
import { behaviourOf, passesLuhn } from "../stripe/cards.ts";
import type { Words } from "./words.ts";

export type CardError = keyof Words["errors"];
export type CardErrors = Partial<Record<"number" | "expiry" | "cvc" | "name", CardError>>;

/** What was typed, as far as the page may show it again: never the code, and only a test number. */
export interface Typed {
  number: string;
  expiry: string;
  name: string;
}

type Read =
  | { ok: true; payer: Payer; typed: Typed }
  | { ok: false; errors: CardErrors; typed: Typed };

/** Reads the card fields; `nowSeconds` decides what has expired. A card lasts to its month's end. */
export function readCard(form: Record<string, unknown>, nowSeconds: number): Read {
  const field = (name: string) => (typeof form[name] === "string" ? form[name].trim() : "");
  const digits = toHalfWidth(field("number")).replace(/[\s-]/g, "");
  const number = behaviourOf(digits) ? digits : "";
  const typed = { number, expiry: field("expiry").slice(0, 20), name: field("name").slice(0, 200) };
  const expiry = readExpiry(toHalfWidth(typed.expiry));
  const errors: CardErrors = {};
  if (digits === "") errors.number = "number-missing";
  else if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) errors.number = "number-wrong";
  else if (!behaviourOf(digits)) errors.number = "number-real";
  if (!expiry) errors.expiry = "expiry-wrong";
  else if (Date.UTC(expiry.year, expiry.month) <= nowSeconds * 1000) errors.expiry = "expiry-past";
  if (!/^\d{3}$/.test(toHalfWidth(field("cvc")))) errors.cvc = "cvc-wrong";
  if (typed.name === "") errors.name = "name-missing";
  else if (typed.name.length > 100) errors.name = "name-long";
  if (!expiry || Object.keys(errors).length > 0) return { ok: false, errors, typed };
  const { month: expMonth, year: expYear } = expiry;
  return { ok: true, payer: { kind: "card", digits, expMonth, expYear, name: typed.name }, typed };
}

function readExpiry(typed: string): { month: number; year: number } | undefined {
  const match =
    /^(\d{1,2})\s*[/\-.\s]\s*(\d{2}|\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})$/.exec(typed);
  if (!match) return undefined;
  const month = Number(match[1]);
  const year = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  return { month, year: year < 100 ? 2000 + year : year };
}

/** Chinese keyboards type ４２４２ and ／; they mean the same. */
const toHalfWidth = (text: string) => text.normalize("NFKC");
