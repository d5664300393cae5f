/**
 * What we read and mean by a statement must not hang on what somebody has set for the role, the database
 * or the cluster: pg reads dates as ISO writes them, `now()::date` and times without a zone are of the
 * session's zone, literals escape as the standard says, and whoever waits for a row's lock must see what
 * was written meanwhile. These go with the connection's first message, which outranks all three, and
 * after what an address or PGOPTIONS asks for. Timeouts stay with who runs the database: a statement
 * that one cuts short fails aloud and has written nothing.
 * https://www.postgresql.org/docs/current/config-setting.html
 */
const OWN_SETTINGS = {
  datestyle: "ISO,YMD",
  intervalstyle: "postgres",
  timezone: "UTC",
  standard_conforming_strings: "on",
  bytea_output: "hex",
  default_transaction_isolation: "read\\ committed",
} as const;

/** The same as options of a connection, after those that it has already. */
export const withOwnSettings = (options = "") =>
  [options, ...Object.entries(OWN_SETTINGS).map(([name, value]) => `-c ${name}=${value}`)]
    .filter((option) => option !== "")
    .join(" ");
