import { askedWords, isListed } from "./asked-words.ts";
import { isCropName, isKindName } from "./crop-names.ts";
import { type Run, runsOf, singular, spelled } from "./document-text.ts";

// Pure: what people call a cooperative, and where a question does.

export type NamedCooperative = { id: string; zh: string; en: string };

/** Ids by what is said, without spaces; of several that are called so any is meant. */
type Forms = ReadonlyMap<string, readonly string[]>;

/** `full` says that it is a cooperative: 花牛合作社. `short` may be something else as well: 花牛. */
export type CooperativeNames = { full: Forms; short: Forms };
export const NO_COOPERATIVES: CooperativeNames = { full: new Map(), short: new Map() };

/** In characters; what a register writes behind that is not said. */
const LONGEST_FORM = 40;
/** A longer name is said by its beginning. */
const MOST_TOKENS = 8;
const LEGAL = /(?:农民)?(?:种植|养殖|种养)?(?:农民)?(?:专业)?(合作社|合作联社|联合社|联社)$/u;
const LEGAL_ENGLISH = /^(?:co|op|coop|cooperative)$/;
const SAID_FOR_LEGAL = ["合作社", "专业合作社", "种植合作社", "农民合作社"];
const SAID_IN_ENGLISH = ["coop", "cooperative"];

/** All neighbouring tokens together, the longest first. */
const spans = (tokens: readonly string[]): string[][] =>
  tokens
    .flatMap((_, from) => tokens.map((_, to) => tokens.slice(from, to + 1)))
    .filter((span) => span.length > 0)
    .sort((a, b) => b.length - a.length);

const wordsOf = (text: string) =>
  runsOf(text.slice(0, LONGEST_FORM * 2)).map((run) => singular(run.text));

/** A name's forms; what is but a place or a crop, as 盐源 and 苹果, is no cooperative's. */
function formsOf({ zh, en }: NamedCooperative): { full: string[]; short: string[] } {
  const name = wordsOf(zh).join("");
  const legal = LEGAL.exec(name);
  const tokens = askedWords(legal ? name.slice(0, legal.index) : name).slice(0, MOST_TOKENS);
  const isCommon = (token: string) =>
    !isKindName(token) && (isListed(token) || isCropName([token]));
  const telling = new Set(tokens.filter((token) => !isCommon(token)));
  const spelledTelling = new Set([...telling].map(spelled));
  const spelledCommon = new Set(
    tokens.filter(isCommon).flatMap((token) => [spelled(token), spelled(token.slice(0, -1))]),
  );
  const english = wordsOf(en);
  const base = english
    .slice(0, english.findLastIndex((word) => !LEGAL_ENGLISH.test(word)) + 1)
    .slice(0, MOST_TOKENS);
  const tellsInLatin = (token: string) =>
    spelledTelling.has(token) || !(spelledCommon.has(token) || isCropName([token]));
  const tells = (span: readonly string[], all: readonly string[]) =>
    span.length === all.length ||
    span.some((token) => telling.has(token) || (all === base && tellsInLatin(token)));
  const chinese = spans(tokens).filter((span) => span.join("").length > 1 && tells(span, tokens));
  const latin = spans(base).filter((span) => span.join("").length > 3 && tells(span, base));
  const said = (span: readonly string[], behind: readonly string[]) =>
    behind.map((word) => span.join("") + word);
  return {
    full: [
      ...[name, english.join("")],
      ...chinese.flatMap((span) => said(span, [...SAID_FOR_LEGAL, legal?.[1] ?? ""])),
      ...latin.flatMap((span) => said(span, SAID_IN_ENGLISH)),
    ].filter((form) => !chinese.some((span) => span.join("") === form)),
    short: [...chinese, ...latin].map((span) => span.join("")),
  };
}

/** What all of them are called. */
export function knowCooperatives(named: readonly NamedCooperative[]): CooperativeNames {
  const full = new Map<string, string[]>();
  const short = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, form: string, id: string) => {
    if (form && form.length <= LONGEST_FORM)
      to.set(form, [...new Set([...(to.get(form) ?? []), id])]);
  };
  for (const cooperative of named) {
    const forms = formsOf(cooperative);
    for (const form of forms.full) add(full, form, cooperative.id);
    for (const form of forms.short) add(short, form, cooperative.id);
  }
  return { full, short };
}

export type SaidCooperative = { said: string; ids: readonly string[] };

/**
 * The runs of a question, cut where a cooperative is named; spaces within a name do not count. A
 * Chinese name may begin and end inside a run, one in Latin letters only where a word does.
 */
export function cutAtCooperatives(
  runs: readonly Run[],
  { full, short }: CooperativeNames,
  isShortToo: boolean,
): (Run | SaidCooperative)[] {
  const tokens = runs.flatMap(({ text, isHan }, of) =>
    (isHan ? [...text] : [text]).map((text) => ({ text, isHan, of })),
  );
  const cut: (Run | SaidCooperative)[] = [];
  let open = -1;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as (typeof tokens)[number];
    const [ids, taken, said] = named(tokens.slice(at, at + LONGEST_FORM));
    const last = cut.at(-1);
    if (ids) cut.push({ said, ids });
    else if (last && "text" in last && open === token.of) last.text += token.text;
    else cut.push({ text: token.text, isHan: token.isHan });
    open = ids ? -1 : token.of;
    at += ids ? taken : 1;
  }
  return cut;

  function named(ahead: typeof tokens): [readonly string[] | undefined, number, string] {
    let said = "";
    let found: [readonly string[] | undefined, number, string] = [undefined, 1, ""];
    for (const [at, { text, isHan }] of ahead.entries()) {
      said += isHan ? text : singular(text);
      if (said.length > LONGEST_FORM) break;
      const ids = full.get(said) ?? (isShortToo ? short.get(said) : undefined);
      if (ids) found = [ids, at + 1, said];
    }
    return found;
  }
}
