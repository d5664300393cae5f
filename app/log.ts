import { type Logger, pino } from "pino";

export type { Logger };

/**
 * The log of one process. What could name a person is cut out even where a caller forgets:
 * rule 7 holds for log lines too.
 */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
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
  });
}
