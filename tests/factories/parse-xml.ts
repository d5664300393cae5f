/** An element of a file that we wrote, read strictly: whatever is not well formed throws. */
export type Read = {
  name: string;
  attributes: Record<string, string>;
  children: Read[];
  text: string;
};

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
/** What XML 1.0 has no character for. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const TOKEN = /<(\/?)([A-Za-z][\w]*)((?: [\w:]+="[^"<]*")*)>|([^<]+)/y;

function plainText(text: string): string {
  return text.replace(/&(\w+);|&/g, (_, name) => {
    const sign = ENTITIES[name];
    if (!sign) throw new Error(`&${name} is no entity`);
    return sign;
  });
}

/** The root of a document as a node whose only child it is. */
export function parseXml(xml: string): Read {
  if (NO_CHARACTER.test(xml)) throw new Error("a character that XML has not");
  const head = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(xml)?.[0];
  if (!head) throw new Error("no declaration");
  const top: Read = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  TOKEN.lastIndex = head.length;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const [, end, name = "", said = "", text] = TOKEN.exec(xml) ?? [];
    const inside = open.at(-1) ?? top;
    if (text !== undefined) inside.text += plainText(text);
    else if (name === "") throw new Error(`not well formed: ${xml.slice(at, at + 40)}`);
    else if (end) {
      if (open.pop()?.name !== name) throw new Error(`${name} ends what it has not begun`);
    } else {
      const found = [...said.matchAll(/([\w:]+)="([^"]*)"/g)];
      const attributes = Object.fromEntries(
        found.map(([, key, value = ""]) => [key, plainText(value)]),
      );
      const child = { name, attributes, children: [], text: "" };
      inside.children.push(child);
      open.push(child);
    }
  }
  if (open.length !== 1 || top.children.length !== 1) throw new Error("not one whole document");
  return top;
}

export function textsAt(root: Read, path: string[]): string[] {
  let nodes = [root];
  for (const name of path) {
    nodes = nodes.flatMap(({ children }) => children.filter((child) => child.name === name));
  }
  return nodes.map(({ text }) => text);
}

export const textAt = (root: Read, path: string[]) => textsAt(root, path)[0] ?? "";
