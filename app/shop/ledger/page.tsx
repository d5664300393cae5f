import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { checkProof } from "#app/domain/ledger/check-proof.ts";
import { readNewestSeals } from "#app/domain/ledger/read-seals.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { CheckForm } from "./check-form.tsx";
import { SoundProof } from "./sound-proof.tsx";

export const handle = { area: "shop" };

const SHOWN_SEALS = 5;
/** An order pooled from thousands of lots has a long proof: some 265 characters for each of them. */
const MOST_CHARACTERS = 1_200_000;
const schema = z.object({ proof: z.string().trim().min(1, "required") });

export async function loader({ context }: LoaderFunctionArgs) {
  const title = translator(context.locale, "ledger")("documentTitle");
  return { title, seals: await readNewestSeals(context.db, SHOWN_SEALS) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const form = await readForm(request, schema, MOST_CHARACTERS);
  const typed = form.values.proof;
  if (!form.ok) {
    const error = form.errors.proof === "tooLong" ? "proof-too-long" : form.errors.proof;
    return data({ typed, error: error ?? "invalid" } as const, 422);
  }
  const checked = await checkProof(context.db, form.value.proof);
  if (checked.ok) return data({ typed, proof: checked.proof, instead: undefined } as const);
  if (checked.reason !== "entry-changed") {
    return data({ typed, error: checked.reason } as const, 422);
  }
  const { proof, now } = checked;
  context.log.error({ seq: proof.transaction.seq }, "the ledger does not say what was sealed");
  return data({ typed, proof, instead: now && { postings: now.postings } } as const, 409);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function LedgerPage() {
  const { seals } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const t = useTranslations("ledger");
  const locale = useLocale();
  const error = answered && "error" in answered ? answered.error : undefined;
  const check = <CheckForm typed={answered?.typed} error={error} />;
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      {answered && "proof" in answered && (
        <SoundProof proof={answered.proof} instead={answered.instead} />
      )}
      {answered && check}
      <Card title={t("why.title")}>
        <p>{t("why.book")}</p>
        <p>{t("why.seal")}</p>
        <p>{t("why.chain")}</p>
        <p>{t("why.limit")}</p>
      </Card>
      {!answered && check}
      <Card title={t("newest.title")}>
        {seals.length === 0 ? <p>{t("newest.none")}</p> : <p>{t("newest.hint")}</p>}
        <ol className="stack">
          {seals.map((seal) => (
            <li key={seal.id}>
              {t("newest.seal", {
                seal: seal.seq,
                when: formatDateTime(seal.sealedAt, locale),
                count: seal.transactionCount,
              })}
              <code className="block text-sm text-earth">{seal.chainedRoot}</code>
            </li>
          ))}
        </ol>
      </Card>
      <Card title={t("expert.title")}>
        <p>{t("expert.body", { version: '"v":1' })}</p>
      </Card>
    </div>
  );
}
