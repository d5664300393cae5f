import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { element, writeXml, type Xml } from "../xml.ts";
import { at, readXml, textAt, type XmlElement } from "./read-xml.ts";

const NOT_XML = { ok: false, reason: "not-xml" };

function rootOf(xml: string): XmlElement {
  const read = readXml(xml);
  if (!read.ok) throw new Error(read.reason);
  return read.root;
}

describe("a document that somebody else wrote", () => {
  it("is read as it was written, whatever its texts hold", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "<", "&", ">", '"', "'", "户", "𠮷", " "),
    });
    const name = fc.constantFrom("A", "b-1", "GrpHdr", "x.y", "_z");
    const made = (parts: fc.Arbitrary<Xml[]>) =>
      fc.tuple(name, text, parts).map(([tag, said, children]) => {
        const one = children.length > 0 ? element(tag, ...children) : element(tag, said);
        one.attributes = { say: said };
        return one;
      });
    const tree: fc.Memo<Xml> = fc.memo((depth) =>
      made(depth > 1 ? fc.array(tree(depth - 1), { maxLength: 3 }) : fc.constant([])),
    );
    const same = (written: Xml, read: XmlElement) => {
      expect([read.name, read.attributes.get("say")]).toEqual([
        written.name,
        written.attributes.say,
      ]);
      const parts = written.content.filter((part) => typeof part !== "string");
      expect(read.children).toHaveLength(parts.length);
      if (parts.length === 0) expect(read.text).toBe(written.content.join(""));
      for (const [index, part] of parts.entries()) same(part, read.children[index] as XmlElement);
    };
    fc.assert(
      fc.property(tree(4), (written) =>
        same(written, rootOf(`<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(written)}`)),
      ),
    );
  });

  it("is read or refused, and never breaks anything, whatever its parts are", () => {
    const part = fc.constantFrom(
      ...["<", ">", "</", "/>", "<a>", "</a>", "<a b='1'", "<!--", "-->", "<![CDATA[", "]]>", "&"],
      ...[
        "&lt;",
        "&#x41;",
        "&#",
        ";",
        "=",
        '"',
        "<?xml",
        "?>",
        "<!DOCTYPE",
        "x:",
        "xmlns:x='u'",
        " ",
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        expect(typeof readXml(parts.join("")).ok).toBe("boolean");
      }),
      { numRuns: 2_000 },
    );
  });

  it("may have prefixes, comments, numbers for characters and empty elements", () => {
    const xml = `\uFEFF<?xml version='1.0'?><!-- a bank -->
      <n:Document xmlns:n="urn:x" xmlns='urn:other'><n:A b='"1"'>&#65;&#x6237;&amp;</n:A><A/><n:A /></n:Document>`;
    const root = rootOf(xml);
    expect([root.name, root.namespace]).toEqual(["Document", "urn:x"]);
    expect(at(root, "A").map(({ text }) => text)).toEqual(["A户&", ""]);
    expect(textAt(root, "B", "C")).toBe("");
  });

  it.each([
    ["nothing", ""],
    ["a text", "hello"],
    ["a document type", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ["an outer entity", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ["an entity of its own", "<a>&x;</a>"],
    ["a name from every object", "<a>&toString;</a>"],
    ["a bare ampersand", "<a>a & b</a>"],
    ["a character that XML has not", "<a>&#0;</a>"],
    ["one beyond all characters", "<a>&#x110000;</a>"],
    ["one typed in", "<a>\u0001</a>"],
    ["an instruction", "<a><?php x?></a>"],
    ["a raw section", "<a><![CDATA[x]]></a>"],
    ["an open element", "<a><b></a>"],
    ["an end too many", "<a/></a>"],
    ["two roots", "<a/><b/>"],
    ["a text outside", "<a/>b"],
    ["an attribute twice", '<a b="1" b="2"/>'],
    ["an attribute without quotes", "<a b=1/>"],
    ["a prefix nobody bound", "<x:a/>"],
    ["an open comment", "<a><!-- </a>"],
    ["an end with attributes", '<a></a b="1">'],
    ["a page", "<html><br><p>x</html>"],
  ])("is refused with %s", (_, xml) => {
    expect(readXml(xml)).toEqual(NOT_XML);
  });

  it("is refused when it is too deep, too long or of too many parts, and costs no more for it", () => {
    const tooMuch = { ok: false, reason: "too-much" };
    expect(readXml(`${"<a>".repeat(25)}${"</a>".repeat(25)}`)).toEqual(tooMuch);
    expect(readXml(`<a>${"x".repeat(1_000_000)}</a>`)).toEqual(tooMuch);
    expect(readXml(`<a>${"<b/>".repeat(150_001)}</a>`)).toEqual(tooMuch);
    // Each would take a careless expression minutes.
    for (const part of [" ", ' a="', "a", "<!--", "<!---", ' a="1"', "&#x", "]]", "<a "]) {
      const long = part.repeat(Math.floor(900_000 / part.length));
      expect(readXml(`<a ${long}`)).toEqual(NOT_XML);
    }
  }, 20_000);
});
