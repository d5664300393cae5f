/** An element of somebody else's document: names without their prefixes, texts with entities resolved. */
export type XmlElement = {
  name: string;
  /** The URI of its namespace; null for none. */
  namespace: string | null;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
};

export type ReadXml =
  | { ok: true; root: XmlElement }
  | { ok: false; reason: "not-xml" | "too-much" };

const DEEPEST = 24;
const MOST_ELEMENTS = 150_000;
const MOST_CHARACTERS = 1_000_000;
const NAME = "[A-Za-z_][\\w.-]{0,79}(?::[A-Za-z_][\\w.-]{0,79})?";
const ATTRIBUTE = `\\s+(${NAME})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`;
const DECLARATION = /^\s*<\?xml\s[^<>?]{1,200}\?>/;
const TAG = new RegExp(`<(/?)(${NAME})((?:${ATTRIBUTE})*)\\s*(/?)>`, "y");
const COMMENT = /<!--(?:[^-]|-(?!-))*-->/y;
const TEXT = /[^<]+/y;
/** What XML 1.0 has no character for. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

class NotXml extends Error {}

function character(digits: string, base: number): string {
  const code = Number.parseInt(digits, base);
  const sign = code <= 0x10ffff ? String.fromCodePoint(code) : "\u0000";
  if (NO_CHARACTER.test(sign)) throw new NotXml();
  return sign;
}

/** The five entities that XML has itself, and characters by number; there are no others to declare. */
function resolve(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w{1,8}));|&/g,
    (_, tens, hexes, name) => {
      if (tens) return character(tens, 10);
      if (hexes) return character(hexes, 16);
      const sign = Object.hasOwn(ENTITIES, name ?? "") ? ENTITIES[name] : undefined;
      if (sign === undefined) throw new NotXml();
      return sign;
    },
  );
}

function attributesOf(said: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", double, single] of said.matchAll(new RegExp(ATTRIBUTE, "g"))) {
    if (found.has(name)) throw new NotXml();
    found.set(name, resolve(double ?? single ?? ""));
  }
  return found;
}

type Open = { element: XmlElement; tag: string; spaces: ReadonlyMap<string, string> };

/** Opens an element inside another: its namespace is the nearest that its prefix was given. */
function open(tag: string, said: string, outside: ReadonlyMap<string, string>): Open {
  const attributes = attributesOf(said);
  const own = [...attributes].flatMap(([name, uri]): [string, string][] => {
    if (name === "xmlns") return [["", uri]];
    return name.startsWith("xmlns:") ? [[name.slice(6), uri]] : [];
  });
  const spaces = own.length > 0 ? new Map([...outside, ...own]) : outside;
  const [prefix, name] = tag.includes(":") ? (tag.split(":") as [string, string]) : ["", tag];
  const namespace = spaces.get(prefix) ?? null;
  if (prefix && namespace === null) throw new NotXml();
  return { element: { name, namespace, attributes, children: [], text: "" }, tag, spaces };
}

function parse(xml: string): ReadXml {
  const top: XmlElement = {
    ...{ name: "", namespace: null, attributes: new Map(), children: [], text: "" },
  };
  const inside: Open[] = [{ element: top, tag: "", spaces: new Map() }];
  let at = DECLARATION.exec(xml)?.[0].length ?? 0;
  let elements = 0;
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(xml);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < xml.length) {
    const current = inside.at(-1) as Open;
    const text = take(TEXT);
    if (text) {
      if (text[0].includes("]]>")) throw new NotXml();
      current.element.text += resolve(text[0]);
      continue;
    }
    if (take(COMMENT)) continue;
    // A document type, an instruction and a section of raw text are none of these: all are refused.
    const [, isEnd, tag, said, , , , isEmpty] = take(TAG) ?? [];
    if (tag === undefined || (isEnd && (said || isEmpty))) throw new NotXml();
    if (isEnd) {
      if (inside.pop()?.tag !== tag || inside.length === 0) throw new NotXml();
      continue;
    }
    const opened = open(tag, said ?? "", current.spaces);
    elements += 1;
    if (elements > MOST_ELEMENTS || inside.length > DEEPEST)
      return { ok: false, reason: "too-much" };
    current.element.children.push(opened.element);
    if (!isEmpty) inside.push(opened);
  }
  const [root, another] = top.children;
  if (inside.length !== 1 || !root || another || top.text.trim() !== "") throw new NotXml();
  return { ok: true, root };
}

/**
 * Reads a document that somebody else wrote, of as much of XML 1.0 as banks' files are made of:
 * elements, attributes, texts, comments and namespaces. No document type, so no entities but XML's own
 * five and characters by number; no processing instructions and no raw sections; nothing is fetched.
 * Every step takes at least a character and looks no further than its own tag.
 *
 * Fails with "not-xml" (not well formed, or with what is refused) and "too-much" (over a million
 * characters, 150,000 elements or 24 levels).
 */
export function readXml(xml: string): ReadXml {
  if (xml.length > MOST_CHARACTERS) return { ok: false, reason: "too-much" };
  if (NO_CHARACTER.test(xml)) return { ok: false, reason: "not-xml" };
  try {
    return parse(xml);
  } catch (error) {
    if (error instanceof NotXml) return { ok: false, reason: "not-xml" };
    throw error;
  }
}

/** The elements of a path below one, in the same namespace: `at(root, "GrpHdr", "MsgId")`. */
export function at(from: XmlElement, ...path: string[]): XmlElement[] {
  return path.reduce(
    (found, name) =>
      found.flatMap(({ children }) =>
        children.filter((each) => each.name === name && each.namespace === from.namespace),
      ),
    [from],
  );
}

/** The text of the first of a path, without spaces around it; "" where there is none. */
export const textAt = (from: XmlElement, ...path: string[]) =>
  at(from, ...path)[0]?.text.trim() ?? "";
