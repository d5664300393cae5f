import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { askedOf } from "#app/statement/asked.ts";
import { statementFile } from "#app/statement/statement-file.ts";

/** A month of the statement as a file. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "money");
  const asked = { ...askedOf(request), before: undefined, perPage: null };
  const statement = await readOwnStatement(context.db, scope, asked);
  const { format } = params;
  return statementFile(statement, { part: asked.part, format, locale: context.locale });
}
