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

/** The address of a month of a part. */
export const statementPath = (part: string, month?: string) =>
  `/coop/statement?${new URLSearchParams({ of: part, ...(month && { month }) })}`;
