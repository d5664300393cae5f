/** What a figure must reach to hold, as the table of figures says it. */
export type Target = { target: number; better: "higher" | "lower"; unit: "ratio" };

export type Measured = { value: number; detail: Record<string, unknown> };

export type Figure = { value: number } & Target & { detail: Record<string, unknown> };

/** Three digits that mean something: 0.0312, 0.412, 1.08, 12.3. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** Whether the target is reached; the value as it was measured counts, not the rounded one. */
export function holds({ value, target, better }: Figure): boolean {
  return better === "higher" ? value >= target : value <= target;
}

/** One line for the screen: "✓ order-sql 0.43 ratio (≥ 0.4)". */
export function lineOf(name: string, figure: Figure): string {
  const sign = figure.better === "higher" ? "≥" : "≤";
  const mark = holds(figure) ? "✓" : "✗";
  return `${mark} ${name.padEnd(20)} ${rounded(figure.value)} ${figure.unit} (${sign} ${figure.target})`;
}
