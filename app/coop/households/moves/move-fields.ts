import { z } from "zod";
import { LONGEST_CODE, readRegisterCode } from "#app/domain/joining/join-rule.ts";
import type { AskedMove } from "#app/domain/moves/ask-move.ts";
import type { ErrorKey } from "#app/forms/read-form.ts";

const registerCode = z
  .string()
  .max(LONGEST_CODE * 2, "tooLong")
  .transform((typed, context) => {
    const read = readRegisterCode(typed);
    if (read) return read;
    const message = typed.trim() === "" ? "required" : "registerCode";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** The forms of the page, by what they do. */
export const moveForms = {
  ask: z.object({ registerCode, clientKey: z.uuid() }),
  "take-back": z.object({ moveId: z.uuid() }),
  agreed: z.object({ moveId: z.uuid() }),
  refused: z.object({ moveId: z.uuid() }),
};

type Refusal = Exclude<Extract<AskedMove, { ok: false }>["reason"], "asked-before">;

/** Each stands beside the code: it is what has to be another. */
export const refusals: Record<Refusal, ErrorKey> = {
  "own-already": "ownHousehold",
  "open-already": "askedForAlready",
  "too-many": "tooManyMoves",
};
