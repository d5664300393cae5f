/** What the worker does by the clock, as crontab lines in UTC; a missed minute needs no making up. */
export const schedule = [
  "* * * * * sweep-expired ?jobKey=sweep-expired&max=1",
  "*/5 * * * * seal-ledger ?jobKey=seal-ledger&max=1",
  "* * * * * snapshot-balances ?jobKey=snapshot-balances&max=1",
].join("\n");
