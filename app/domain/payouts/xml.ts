export type Xml = { name: string; attributes: Record<string, string>; content: (Xml | string)[] };

/** An element: texts in it are escaped when it is written, what is null is left out. */
export function element(name: string, ...content: (Xml | string | null)[]): Xml {
  return { name, attributes: {}, content: content.filter((part) => part !== null) };
}

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeText = (text: string) => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** The element as XML 1.0, an element a line, as a bank's clerk can read it. */
export function writeXml({ name, attributes, content }: Xml, indent = ""): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(value)}"`);
  const open = `${indent}<${name}${said.join("")}>`;
  if (content.every((part) => typeof part === "string")) {
    return `${open}${escapeText(content.join(""))}</${name}>\n`;
  }
  const inner = content.map((part) =>
    typeof part === "string" ? escapeText(part) : writeXml(part, `${indent} `),
  );
  return `${open}\n${inner.join("")}${indent}</${name}>\n`;
}

/**
 * A text as it may stand in a bank's file: no controls and nothing unseen, which XML 1.0 does not even
 * hold, no run of spaces, at most `longest` characters, none of them cut in half.
 */
export function reduceText(text: string, longest: number): string {
  const plain = text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Z}]+/gu, " ")
    .replace(/\p{C}/gu, "")
    .replace(/ +/g, " ")
    .trim();
  return [...plain].slice(0, longest).join("").trim();
}
