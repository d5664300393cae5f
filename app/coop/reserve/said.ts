/** 2050 → "20.5": basis points as percent, by whole numbers. */
export function percent(basisPoints: number): string {
  const part = String(basisPoints % 100).padStart(2, "0");
  return `${Math.trunc(basisPoints / 100)}.${part}`.replace(/\.?0{1,2}$/, "");
}

/** 500000 → "5000", 500050 → "5000.50": an amount as somebody would type it. */
export function yuan(fen: number): string {
  const part = String(fen % 100).padStart(2, "0");
  return `${Math.trunc(fen / 100)}.${part}`.replace(/\.00$/, "");
}
