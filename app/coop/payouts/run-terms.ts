import { z } from "zod";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import type { RunTerms } from "#app/domain/payouts/owed.ts";
import { type ReadForm, readForm } from "#app/forms/read-form.ts";
import { parseYuan } from "#app/ui/format.ts";

/** More is owed to no household at once; a minimum above it is a slip of the finger. */
const MOST_FEN = 10_000_000;
const EARLIEST = "2020-01-01";

const dayField = z.string().transform((typed, context): string | null => {
  const day = typed.trim();
  const wrong = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (day === "") return null;
  if (!z.iso.date().safeParse(day).success) return wrong("date");
  if (day > shanghaiDay(new Date())) return wrong("soldInFuture");
  return day < EARLIEST ? wrong("soldTooEarly") : day;
});

/** Zero is no minimum, as the form says beside it: with an amount of money it would be a slip. */
const yuanField = z.string().transform((typed, context): number => {
  const text = typed.normalize("NFKC").trim();
  const wrong = (message: string) => {
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  if (text === "") return 0;
  const fen = parseYuan(text);
  if (fen === null) return wrong(/^\d{10,}$/.test(text) ? "tooMany" : "amount");
  return fen > MOST_FEN ? wrong("tooMany") : fen;
});

const fields = z
  .object({ until: dayField.default(null), minimum: yuanField.default(0) })
  .transform(({ until, minimum }): RunTerms => ({ soldUntil: until, minimumFen: minimum }));

/** What a run is to pay, as an address or a form says it; both fields may be left empty. */
export function readTerms(said: URLSearchParams | FormData): Promise<ReadForm<RunTerms>> {
  const form = new FormData();
  for (const name of ["until", "minimum"]) {
    const typed = said.get(name);
    if (typeof typed === "string") form.set(name, typed);
  }
  return readForm(form, fields);
}
