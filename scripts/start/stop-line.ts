/** A reason to stop that the reader can act on: printed as one line, never with a stack. */
export class StopLine extends Error {}

const CODES: Record<string, string> = {
  ENOSPC: "The disk is full. Free some space, then start again.",
  EDQUOT: "The disk quota is used up. Free some space, then start again.",
  EROFS: "The disk is read-only. Set DATA_DIR to a folder that can be written.",
  EMFILE: "Too many files are open. Raise the limit (ulimit -n), then start again.",
};

const FULL = /No space left on device|ENOSPC|could not (write|extend) file.*space/i;

/** The one line for any failure; what is not foreseen is named as such. */
export function lineFor(error: unknown): string {
  if (error instanceof StopLine) return error.message;
  const { code, message, name, path } = error as NodeJS.ErrnoException;
  if (name === "PhotoStoreAwayError") {
    return `${message}. See that the store of PHOTO_STORE runs and lets us in, then start again.`;
  }
  const known = code ? CODES[code] : undefined;
  if (known) return known;
  if (FULL.test(String(message))) return CODES.ENOSPC as string;
  if (code === "EACCES" || code === "EPERM") {
    return `No right to write ${path ?? "a file"}. Set DATA_DIR to a folder of your own.`;
  }
  const first = String(message ?? error).split("\n")[0];
  return `Starting failed: ${first}`;
}
