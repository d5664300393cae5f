import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { requireOfficer } from "#app/account/guards.ts";
import { readStatement } from "#app/domain/relief/read-statement.ts";
import { statementFile } from "#app/domain/relief/statement-file.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { download } from "#app/ui/download.ts";
import { formatDateTime } from "#app/ui/format.ts";

/** More entries than a household makes in a lifetime; a file beyond it would not open either. */
const MOST = 100_000;

/** The whole statement as a file. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireOfficer(request, context);
  const code = params.code ?? "";
  const statement = await readStatement(context.db, scope, { code, perPage: MOST });
  if (!statement) throw new Response(null, { status: 404 });
  const { locale } = context;
  const t = translator(locale, "relief");
  const columns = [
    "date",
    "kind",
    "source",
    "product",
    "quantity",
    "in",
    "out",
    "balanceYuan",
  ] as const;
  const file = statementFile(statement, {
    header: columns.map((column) => t(`statement.${column}`)),
    opening: t("statement.opening"),
    date: (entry) => formatDateTime(entry.occurredAt, locale),
    kind: (entry) => t(`kind.${entry.kind}`),
    product: (entry) => pick(locale, entry.titleZh ?? "", entry.titleEn ?? ""),
  });
  return download(file, `${encodeURIComponent(code)}.csv`);
}
