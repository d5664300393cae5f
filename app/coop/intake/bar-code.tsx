import { code128Bars } from "./code-128.ts";

/** White at both sides, as wide as the standard asks for readers to find the bars. */
const QUIET = 10;
const HEIGHT = 34;

/** A number in bars, for scanners that read no QR code. */
export function BarCode({ digits, label }: { digits: string; label: string }) {
  const { bars, width } = code128Bars(digits);
  const all = width + 2 * QUIET;
  return (
    <svg
      className="bar-code"
      viewBox={`0 0 ${all} ${HEIGHT}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      preserveAspectRatio="none"
    >
      <path fill="#fff" d={`M0 0h${all}v${HEIGHT}h-${all}z`} />
      <path
        fill="#000"
        d={bars.map(([from, wide]) => `M${from + QUIET} 0h${wide}v${HEIGHT}h-${wide}z`).join("")}
      />
    </svg>
  );
}
