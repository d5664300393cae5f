/**
 * The rows of a CSV text by RFC 4180: cells apart by commas (or by semicolons or tabs, whichever the
 * first line has most of), quoted where they hold any of these, line ends of every kind, blank lines
 * left out. Null where a quote is never closed or stands inside a cell that has none.
 */
export function csvRows(text: string): string[][] | null {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => first.split(sign).length;
  const comma = [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  const cell = new RegExp(
    `(?:"([^"]*(?:""[^"]*)*)"|([^"${comma}\\r\\n]*))(${comma}|\\r\\n|\\n|\\r|$)`,
    "y",
  );
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length || row.length > 0) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (!found) return null;
    const [all, quoted, plain = "", end] = found;
    row.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    at += all.length;
    if (end === comma) continue;
    if (row.some((each) => each !== "")) rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}
