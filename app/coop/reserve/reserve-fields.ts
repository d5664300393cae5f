import { z } from "zod";
import { CEILING_BOUNDS, RATE_BOUNDS } from "#app/domain/reserves/reserve-rule.ts";
import { parseYuan } from "#app/ui/format.ts";

/** Percent as they are typed, also by a Chinese keyboard ("２０％"): at most two places, in basis points. */
const percentField = z.string().transform((typed, context): number => {
  const text = typed.normalize("NFKC").replace("%", "").trim();
  const wrong = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (text === "") return wrong("required");
  const [, whole = "", part = ""] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === "") return wrong("reserveRate");
  const points = Number(whole) * 100 + Number(part.padEnd(2, "0"));
  return points < RATE_BOUNDS.least || points > RATE_BOUNDS.most ? wrong("reserveRate") : points;
});

const yuanField = z.string().transform((typed, context): number => {
  const text = typed.normalize("NFKC").trim();
  const wrong = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (text === "") return wrong("required");
  const fen = parseYuan(text);
  const isWithin = fen !== null && fen >= CEILING_BOUNDS.least && fen <= CEILING_BOUNDS.most;
  return isWithin ? fen : wrong("reserveCeiling");
});

/** The terms of a reserve as they are typed, and which terms the form was filled in on. */
export const reserveFields = z.object({
  rate: percentField,
  ceiling: yuanField,
  version: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
});
