import { parseArgs } from "node:util";
import { StopLine } from "../start/stop-line.ts";

export type Size = {
  /** The small size that `npm test` runs. */
  isQuick: boolean;
  /** How much of the full size: 1 is all of it. */
  share: number;
  /** The first seed; every random choice follows from it. */
  seed: number;
};

export type Asked = { names: string[]; size: Size; jsonFile: string | undefined };

const USAGE =
  "Usage: npm run chaos -- [name…] [--quick] [--json FILE] [--share 0.1] [--seed NUMBER]";

function readNumber(text: string | undefined, without: number, what: string, most: number): number {
  if (text === undefined) return without;
  const value = Number(text);
  if (text.trim() === "" || !(value > 0) || value > most) {
    throw new StopLine(`--${what} wants a number above 0, at most ${most}. ${USAGE}`);
  }
  return value;
}

/** Reads what was asked on the command line; with no name, all of `known`. */
export function readArguments(args: readonly string[], known: readonly string[]): Asked {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StopLine(`There is no chaos ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  }
  if (values.json === "") throw new StopLine(`--json wants the name of a file. ${USAGE}`);
  const seed = readNumber(values.seed, 1, "seed", 1_000_000_000);
  if (!Number.isInteger(seed)) throw new StopLine(`--seed wants a whole number. ${USAGE}`);
  return {
    // In the order of the table, each once.
    names: known.filter((name) => positionals.length === 0 || positionals.includes(name)),
    size: {
      isQuick: values.quick ?? false,
      share: readNumber(values.share, 1, "share", 1),
      seed,
    },
    jsonFile: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        quick: { type: "boolean" },
        json: { type: "string" },
        share: { type: "string" },
        seed: { type: "string" },
      },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new StopLine(`${why}. ${USAGE}`);
  }
}
