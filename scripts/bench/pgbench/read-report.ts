export type Report = { tps: number; transactions: number };

/** What pgbench said at its end; throws when any of its transactions failed or none ran. */
export function readReport(text: string): Report {
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  const tps = number(/^tps = ([\d.]+) \(without initial connection time\)/m);
  const transactions = number(/^number of transactions actually processed: (\d+)/m);
  const failed = number(/^number of failed transactions: (\d+)/m);
  if (!(tps > 0) || !(transactions > 0)) throw new Error(`pgbench measured nothing:\n${text}`);
  if (failed > 0) throw new Error(`${failed} transactions of pgbench failed:\n${text}`);
  return { tps, transactions };
}
