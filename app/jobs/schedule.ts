/**
 * What the worker does by the clock, as crontab lines in UTC. A missed minute needs no making up;
 * a missed night does: the reconciliation is at 3:30 in Shanghai, or when the worker is back, and
 * so is what it had left unsealed.
 * Nobody is told of sales, changes or what to bring at night: from 8:00 to 20:55 in Shanghai.
 */
export const schedule = [
  "* * * * * sweep-expired ?jobKey=sweep-expired&max=1",
  "* * * * * lapse-claims ?jobKey=lapse-claims&max=1",
  "* * * * * lapse-substitutes ?jobKey=lapse-substitutes&max=1",
  "*/5 * * * * seal-ledger ?fill=1h&jobKey=seal-ledger&max=1",
  "* * * * * snapshot-balances ?jobKey=snapshot-balances&max=1",
  "* * * * * sum-reports ?jobKey=sum-reports&max=1",
  "*/5 * * * * take-fees ?jobKey=take-fees&max=1",
  "7 * * * * tend-reserves ?fill=2h&jobKey=tend-reserves&max=3",
  "*/10 * * * * sweep-uploads ?jobKey=sweep-uploads&max=1",
  "0 16 * * * lapse-certificates ?fill=12h&jobKey=lapse-certificates&max=3",
  "20 * * * * complete-orders ?jobKey=complete-orders&max=1",
  "*/5 0-12 * * * tell-sales ?jobKey=tell-sales&max=1",
  "*/5 0-12 * * * tell-collections ?jobKey=tell-collections&max=1",
  "*/5 * * * * finish-moves ?jobKey=finish-moves&max=1",
  "* * * * * turn-cycles ?jobKey=turn-cycles&max=1",
  "40 18 * * * forget-origins ?fill=12h&jobKey=forget-origins&max=3",
  "30 19 * * * reconcile ?fill=12h&jobKey=reconcile&max=12",
].join("\n");
