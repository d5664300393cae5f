import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";

export type { Logger };

type Failure = Error & { code?: string; constraint?: string; table?: string; severity?: string };

/**
 * What of an error may be written down. PostgreSQL repeats the refused row or value in its
 * message and detail, and a row may be an address; its code and constraint say enough.
 */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack, code, constraint, table, severity } = error as Failure;
  const frames = stack?.split("\n").filter((line) => /^\s+at /.test(line));
  const isOfPostgres = severity !== undefined;
  return {
    type: name,
    ...(isOfPostgres ? { constraint, table } : { message }),
    code,
    stack: frames?.join("\n"),
  };
}

/**
 * The log of one process. What could name a person is cut out even where a caller forgets:
 * rule 7 holds for log lines too.
 */
export function createLogger(name: string, level: string, to?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    serializers: { err: describeError },
    redact: {
      paths: [
        "phone",
        "*.phone",
        "code",
        "*.code",
        "text",
        "*.text",
        "address",
        "*.address",
        "req",
        "headers",
      ],
      censor: "[removed]",
    },
  };
  return to ? pino(options, to) : pino(options);
}
