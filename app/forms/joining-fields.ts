import { z } from "zod";
import { LONGEST_WORD, readName, readPlace } from "#app/domain/joining/join-rule.ts";
import type { ErrorKey } from "./read-form.ts";

/** A text that is kept as `read` writes it, at most so long; what it cannot read is `error`. */
const readAs = (read: (typed: string) => string | null, error: ErrorKey) =>
  z.string().transform((typed, context) => {
    const kept = read(typed);
    if (kept !== null && [...kept].length <= LONGEST_WORD) return kept;
    const isEmpty = typed.trim() === "";
    const message: ErrorKey = isEmpty ? "required" : kept === null ? error : "tooLong";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

export const nameField = readAs(readName, "name");
export const placeField = readAs(readPlace, "place");

/** Where nobody has to be named: null for nobody. */
export const nobodyOrName = z.string().transform((typed, context) => {
  if (typed.trim() === "") return null;
  const read = nameField.safeParse(typed);
  if (read.success) return read.data;
  context.addIssue({ code: "custom", message: read.error.issues[0]?.message ?? "name" });
  return z.NEVER;
});
