import type { z } from "zod";
import { messages } from "#app/i18n/messages.ts";

/** A key of i18n "errors": the page turns it into words in the reader's language. */
export type ErrorKey = keyof (typeof messages)["zh"]["errors"];
export type FieldErrors = Partial<Record<string, ErrorKey>>;
export type FormValues = Partial<Record<string, string>>;

export type ReadForm<Value> =
  | { ok: true; value: Value; values: FormValues }
  | { ok: false; errors: FieldErrors; values: FormValues };

/** No field of the market is longer; more than this is an attack or an accident. */
const MAX_CHARACTERS = 10_000;
const MAX_FIELDS = 200;
/** Also those that turn the direction of writing: words after them would be read backwards. */
const CONTROL = /[^\P{Cc}\t\n\r]|\p{Bidi_Control}/gu;
/** Neither white space nor a character without a shape, such as a zero-width space. */
const VISIBLE = /[^\p{C}\p{Z}]/u;

/**
 * Reads a posted form (URL-encoded or multipart; files are left to the caller) against a zod
 * schema. Give it the FormData instead of the request when the caller reads files of it too.
 *
 * A refused form comes back with every text that was typed (`values`) and one error key per
 * field (`errors`). The message of a zod rule is that key; rules without one get a fitting key.
 * `errors.form` is set when the body is no form at all. A name sent more than once reaches the
 * schema as an array. Control characters, which nobody types and PostgreSQL cannot all store, are
 * dropped; a field of which nothing can be seen counts as empty; one beyond `maxCharacters` (10,000) is
 * "tooLong" and comes back cut.
 */
export async function readForm<Schema extends z.ZodType>(
  source: Request | FormData,
  schema: Schema,
  maxCharacters = MAX_CHARACTERS,
): Promise<ReadForm<z.output<Schema>>> {
  const form = source instanceof FormData ? source : await source.formData().catch(() => null);
  if (form === null) return { ok: false, errors: { form: "invalid" }, values: {} };

  const { values, inputs, errors } = collect(form, maxCharacters);
  const parsed = await schema.safeParseAsync(inputs);
  if (parsed.success && Object.keys(errors).length === 0) {
    return { ok: true, value: parsed.data, values };
  }
  for (const issue of parsed.error?.issues ?? []) {
    const field = String(issue.path[0] ?? "form");
    errors[field] ??= errorKey(issue, values[field]);
  }
  return { ok: false, errors, values };
}

function collect(form: FormData, maxCharacters: number) {
  const values: FormValues = {};
  const inputs: Record<string, string | string[]> = {};
  const errors: FieldErrors = {};
  const texts = [...form].filter(([, value]) => typeof value === "string").slice(0, MAX_FIELDS);
  for (const [name, raw] of texts as [string, string][]) {
    if (name === "__proto__") continue;
    const text = raw.replace(CONTROL, "");
    if (text.length > maxCharacters) errors[name] = "tooLong";
    const kept = text.slice(0, maxCharacters);
    const before = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    const input = VISIBLE.test(kept) ? kept : "";
    inputs[name] = before === undefined ? input : [before, input].flat();
    values[name] ??= kept;
  }
  return { values, inputs, errors };
}

function errorKey(issue: z.core.$ZodIssue, typed: string | undefined): ErrorKey {
  if (Object.hasOwn(messages.zh.errors, issue.message)) return issue.message as ErrorKey;
  if (typed === undefined || typed.trim() === "") return "required";
  if (issue.code === "too_big") return issue.origin === "string" ? "tooLong" : "tooMany";
  if (issue.code === "too_small") return issue.origin === "string" ? "tooShort" : "atLeastOne";
  return "invalid";
}
