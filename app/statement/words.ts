import { type StatementKind, statementKinds } from "#app/domain/statement/parts.ts";
import type { Messages } from "#app/i18n/messages.ts";

type Words = Messages["statement"];
export type AccountWord = keyof Words["account"];

/** The name of an entry's kind among the words; of one that has none "other". */
export const kindKey = (kind: string): StatementKind | "other" =>
  statementKinds.find((each) => each === kind) ?? "other";

/** The name of the account that an entry is on, among the words. */
export const accountKey = (word: string) => word as AccountWord;
