import { useId } from "react";

/** A column: its short name below it, and all that it says (`shown`) to whom points at it. */
export type Bar = { label: string; value: number; shown: string };

const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 50;
const TOP = 10;
const BOTTOM = 20;

/** A round number that no value goes beyond: 1, 2 or 5 with noughts. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/**
 * Columns side by side, drawn on the server: no script, and it prints in black and white. It says what
 * it shows to those who listen; every number of it stands in the table below it.
 */
export function BarChart({
  title,
  description,
  bars,
  scaleLabel,
}: {
  title: string;
  description: string;
  bars: readonly Bar[];
  /** What stands at a line of the scale. */
  scaleLabel: (value: number) => string;
}) {
  const id = useId();
  const most = Math.max(0, ...bars.map((bar) => bar.value));
  const least = Math.min(0, ...bars.map((bar) => bar.value));
  if (bars.length === 0 || (most === 0 && least === 0)) return null;
  const top = most > 0 ? roundUp(most) : 0;
  const bottom = least < 0 ? -roundUp(-least) : 0;
  const y = (value: number) => TOP + ((top - value) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  const step = (WIDTH - LEFT) / bars.length;
  const lines = [...new Set([top, top / 2, 0, bottom])];
  // As many names as there is room for, the first always.
  const every = Math.ceil(bars.length / 5);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="w-full max-w-2xl"
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      {lines.map((value) => (
        <g key={value}>
          <line
            x1={LEFT}
            x2={WIDTH}
            y1={y(value)}
            y2={y(value)}
            stroke={value === 0 ? "#2a2118" : "#dccdb2"}
            strokeWidth={value === 0 ? 1 : 0.5}
          />
          {value !== 0 && (
            <text x={LEFT - 4} y={y(value) + 3} fontSize="10" textAnchor="end" fill="#6a4e35">
              {scaleLabel(value)}
            </text>
          )}
        </g>
      ))}
      {bars.map((bar, place) => (
        <g key={bar.shown}>
          <rect
            x={LEFT + place * step + step * 0.12}
            width={step * 0.76}
            y={Math.min(y(bar.value), y(0))}
            height={Math.abs(y(bar.value) - y(0))}
            fill={bar.value < 0 ? "#b8430f" : "#2c6a3b"}
          >
            <title>{bar.shown}</title>
          </rect>
          {place % every === 0 && (
            <text
              x={LEFT + place * step + step / 2}
              y={HEIGHT - 5}
              fontSize="10"
              textAnchor="middle"
              fill="#2a2118"
            >
              {bar.label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
