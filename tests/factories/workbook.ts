import { crc32, deflateRawSync } from "node:zlib";

const [STORED, DEFLATED] = [0, 8];

type Part = { name: string; data: Buffer; packed: Buffer };

function header(part: Part, signature: number, offset?: number): Buffer {
  const isCentral = offset !== undefined;
  const bytes = Buffer.alloc(isCentral ? 46 : 30);
  bytes.writeUInt32LE(signature, 0);
  const at = isCentral ? 2 : 0;
  bytes.writeUInt16LE(part.packed === part.data ? STORED : DEFLATED, 8 + at);
  bytes.writeUInt32LE(crc32(part.data), 14 + at);
  bytes.writeUInt32LE(part.packed.length, 18 + at);
  bytes.writeUInt32LE(part.data.length, 22 + at);
  bytes.writeUInt16LE(Buffer.byteLength(part.name), 26 + at);
  if (isCentral) bytes.writeUInt32LE(offset, 42);
  return Buffer.concat([bytes, Buffer.from(part.name)]);
}

/** A ZIP archive of these texts, packed or as they are. */
export function makeZip(files: Record<string, string | Buffer>, { isPacked = true } = {}): Buffer {
  const parts = Object.entries(files).map(([name, text]): Part => {
    const data = Buffer.from(text as string);
    return { name, data, packed: isPacked ? deflateRawSync(data) : data };
  });
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const bytes = Buffer.concat([header(part, 0x04034b50), part.packed]);
    local.push(bytes);
    central.push(header(part, 0x02014b50, offset));
    offset += bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

/** A cell of a workbook: a text that cells share, a number, or what a formula came to. */
export type MadeCell = string | number | { formula: string; result: string } | null;

const inXml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A workbook as Excel writes it: texts shared, numbers bare, empty cells left out. */
export function makeWorkbook(lines: MadeCell[][], { isFrom1904 = false } = {}): Buffer {
  const shared: string[] = [];
  const cellOf = (cell: MadeCell, line: number, column: number) => {
    const at = `${String.fromCharCode(65 + column)}${line + 1}`;
    if (cell === null) return `<c r="${at}" s="1"/>`;
    if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`;
    if (typeof cell === "object") {
      return `<c r="${at}" t="str"><f>${inXml(cell.formula)}</f><v>${inXml(cell.result)}</v></c>`;
    }
    shared.push(cell);
    return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
  };
  const rows = lines.map(
    (cells, line) =>
      `<row r="${line + 1}">${cells.map((cell, column) => cellOf(cell, line, column)).join("")}</row>`,
  );
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return makeZip({
    "xl/workbook.xml": `<?xml version="1.0"?><workbook xmlns="${main}">
      <workbookPr date1904="${isFrom1904 ? 1 : 0}"/><sheets>
      <sheet name="hidden" sheetId="1" state="hidden" r:id="rId1"/>
      <sheet name="table" sheetId="2" r:id="rId2"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships>
      <Relationship Id="rId1" Target="worksheets/sheet1.xml"/>
      <Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>`,
    "xl/worksheets/sheet1.xml": "<worksheet><sheetData/></worksheet>",
    "xl/worksheets/sheet2.xml": `<worksheet xmlns="${main}"><sheetData>${rows.join("")}</sheetData></worksheet>`,
    "xl/sharedStrings.xml": `<sst xmlns="${main}">${shared
      .map(
        (text) => `<si><r><t xml:space="preserve">${inXml(text)}</t></r><rPh><t>yin</t></rPh></si>`,
      )
      .join("")}</sst>`,
  });
}
