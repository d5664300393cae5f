import { encodeQR } from "qr";

/** White around the dark, as wide as the standard (ISO/IEC 18004) asks for readers to find it. */
const QUIET = 4;

/** The dark modules of a code as one path, a run of each row at a time. */
function pathOf(rows: boolean[][]): string {
  return rows
    .flatMap((row, y) => {
      const runs: string[] = [];
      for (let x = 0; x < row.length; x++) {
        if (!row[x]) continue;
        const from = x;
        while (row[x + 1]) x++;
        const wide = x + 1 - from;
        runs.push(`M${from} ${y}h${wide}v1h-${wide}z`);
      }
      return runs;
    })
    .join("");
}

/**
 * A QR code in black and white, for any printer. A quarter of it may be scratched or wet and it is
 * read still.
 */
export function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, "raw", { ecc: "quartile", border: QUIET });
  const side = rows.length;
  return (
    <svg
      className="trace-code"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${side}v${side}h-${side}z`} />
      <path fill="#000" d={pathOf(rows)} />
    </svg>
  );
}
