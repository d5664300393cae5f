import type { Size } from "./arguments.ts";
import type { Ran } from "./run.ts";

/** What the table of figures asks of every chaos: nothing that does not hold. */
export type Figure = {
  value: number;
  target: 0;
  better: "lower";
  unit: "deviations";
  detail: Record<string, unknown>;
};

const MOST_SHOWN = 20;

/** The figure of one chaos as it is written into the JSON file. */
export function figureOf({ found, seconds }: Ran, { isQuick, share, seed }: Size): Figure {
  const { failed, passed, deviations, detail } = found;
  return {
    value: failed,
    target: 0,
    better: "lower",
    unit: "deviations",
    detail: {
      ...detail,
      passed,
      deviations: deviations.slice(0, MOST_SHOWN),
      isQuick,
      ...(isQuick ? {} : { share }),
      seed,
      seconds: Math.round(seconds),
    },
  };
}
