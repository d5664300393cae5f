/** The database could not be reached, or the line to it broke: no fault of what was asked. */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super("the database cannot be reached", { cause });
    this.name = "DatabaseAway";
  }
}

/**
 * What PostgreSQL says when it cannot be asked: connection exceptions (08), too many connections
 * (53300), being shut down, crashed or starting up (57P01 to 57P03).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SAID_BY_POSTGRES = /^(08\w{3}|53300|57P0[123])$/;
/** pg has no codes for these: a line that broke, and no connection to be had in time. */
const SAID_BY_PG =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;
/** Another service's line may break with these too: only who knows whose line it was may judge. */
const SAID_OF_A_LINE = /^(ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** Whether something failed because the database cannot be asked now, whoever wrapped the reason. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof DatabaseAway || SAID_BY_PG.test(at.message)) return true;
    if (SAID_BY_POSTGRES.test(codeOf(at))) return true;
  }
  return false;
}

/** Why a statement failed: the same error, unless it was the line to the database that broke. */
export function whyAsked(error: unknown): unknown {
  return SAID_OF_A_LINE.test(codeOf(error)) ? new DatabaseAway(error) : error;
}

/** Why no connection came about: PostgreSQL's own refusal (a wrong password), or `DatabaseAway`. */
export function whyConnecting(error: unknown): unknown {
  const isRefusal = /^[0-9A-Z]{5}$/.test(codeOf(error)) && !isDatabaseAway(error);
  return isRefusal ? error : new DatabaseAway(error);
}
