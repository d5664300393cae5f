/** One tag of an XML text: its name without prefix, and the text that stands before it. */
export type XmlTag = {
  name: string;
  isEnd: boolean;
  /** It has no end of its own: <c/>. */
  isEmpty: boolean;
  attributes: string;
  textBefore: string;
};

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Only what XML itself knows: no entity is ever defined by the file. */
export const unescapeXml = (text: string): string =>
  text.includes("&")
    ? text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, ten, hex, name) => {
        if (name) return ENTITIES[name] ?? whole;
        const code = ten ? Number(ten) : Number.parseInt(hex, 16);
        return code <= 0x10_ffff ? String.fromCodePoint(code) : "";
      })
    : text;

/**
 * The tags of an XML text one after the other, in one pass whatever stands in it; comments,
 * declarations and what is behind a tag that never ends are left out.
 */
export function* xmlTags(xml: string): Generator<XmlTag> {
  let from = 0;
  for (;;) {
    const start = xml.indexOf("<", from);
    const end = start < 0 ? -1 : xml.indexOf(">", start);
    if (end < 0) return;
    const sign = xml[start + 1];
    if (sign !== "?" && sign !== "!") {
      const isEnd = sign === "/";
      const isEmpty = xml[end - 1] === "/";
      const inside = xml.slice(start + (isEnd ? 2 : 1), isEmpty ? end - 1 : end);
      const space = inside.search(/\s/);
      const full = space < 0 ? inside : inside.slice(0, space);
      const attributes = space < 0 ? "" : inside.slice(space);
      const name = full.slice(full.indexOf(":") + 1);
      yield { name, isEnd, isEmpty, attributes, textBefore: xml.slice(from, start) };
    }
    from = end + 1;
  }
}

/** What an attribute says; undefined where it is not there. */
export function attributeOf({ attributes }: XmlTag, name: string): string | undefined {
  const match = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  const value = match?.[1] ?? match?.[2];
  return value === undefined ? undefined : unescapeXml(value);
}
