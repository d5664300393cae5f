import { isMonth, parts } from "#app/domain/statement/parts.ts";

/** What an address asks of the statement; what is no part is the cooperative's own money. */
export function askedOf(request: Request) {
  const query = new URL(request.url).searchParams;
  const part = parts.find((each) => each === query.get("of")) ?? "own";
  const month = query.get("month") ?? "";
  return {
    part,
    month: isMonth(month) ? month : undefined,
    before: query.get("before") ?? undefined,
  };
}

/** Where a statement stands, and what else its address says. */
export type Place = { path: string; cooperative?: string };

/** The address of a month of a part, or of a file of it. */
export const statementPath = ({ path, cooperative }: Place, part: string, month?: string) =>
  `${path}?${new URLSearchParams({ ...(cooperative && { cooperative }), of: part, ...(month && { month }) })}`;
