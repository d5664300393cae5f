/**
 * The text of a file that a spreadsheet or a bank's website gave, without its mark: UTF-8 with or
 * without one, UTF-16 with one, or GBK as older ones write. Null for what is no text at all: broken in each of these, or with zeros.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const isWide =
    (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const names = isWide ? [bytes[0] === 0xff ? "utf-16le" : "utf-16be"] : ["utf-8", "gb18030"];
  for (const name of names) {
    try {
      const text = new TextDecoder(name, { fatal: true }).decode(bytes);
      return text.includes("\u0000") ? null : text;
    } catch {
      // Not written so: the next.
    }
  }
  return null;
}
