import { parseArgs } from "node:util";
import { StopLine } from "../start/stop-line.ts";

export type Asked = { names: string[]; isQuick: boolean; jsonFile: string | undefined };

/** Reads `npm run bench -- [name…] [--quick] [--json FILE]`; with no name, all of `known`. */
export function readArguments(args: readonly string[], known: readonly string[]): Asked {
  const { values, positionals } = parse(args);
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new StopLine(`There is no bench ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  }
  if (values.json === "") throw new StopLine("--json wants the name of a file.");
  return {
    // In the order of the table, each once.
    names: known.filter((name) => positionals.length === 0 || positionals.includes(name)),
    isQuick: values.quick ?? false,
    jsonFile: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { quick: { type: "boolean" }, json: { type: "string" } },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new StopLine(`${why}. Usage: npm run bench -- [name…] [--quick] [--json FILE]`);
  }
}
