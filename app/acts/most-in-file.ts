/** As many acts as two people do in a busy month; a longer time is asked for day by day. */
export const MOST_IN_FILE = 20_000;
