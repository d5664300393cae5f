import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireOfficer } from "#app/account/guards.ts";
import { watchOne } from "#app/domain/audit/watched-cooperatives.ts";
import { readOwnStatement } from "#app/domain/statement/read-statement.ts";
import { askedOf } from "#app/statement/asked.ts";
import { statementFile } from "#app/statement/statement-file.ts";

/** A month of the money of a cooperative of the officer's county, as a file. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const officer = await requireOfficer(request, context);
  const cooperative = new URL(request.url).searchParams.get("cooperative");
  const found = await watchOne(context.db, officer, cooperative);
  if (!found) throw new Response(null, { status: 404 });
  const asked = { ...askedOf(request), before: undefined, perPage: null };
  const statement = await readOwnStatement(context.db, found.scope, asked);
  const { format } = params;
  return statementFile(statement, { part: asked.part, format, locale: context.locale });
}
