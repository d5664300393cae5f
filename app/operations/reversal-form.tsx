import { useTranslations } from "use-intl";
import type { LedgerEntryShown } from "#app/domain/ledger/read-entry.ts";
import { LONGEST_REASON } from "#app/domain/ledger/reversal-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { PostingTable } from "./posting-table.tsx";

/** Every posting that reversing makes, and why it is done: nothing is reversed without a reason. */
export function ReversalForm({
  entry,
  clientKey,
  answer = { values: {}, errors: {} },
}: {
  entry: Pick<LedgerEntryShown, "id" | "postings" | "currency">;
  clientKey: string;
  answer?: { values: FormValues; errors: FieldErrors };
}) {
  const t = useTranslations("operations.entry");
  const postings = entry.postings.map(({ account, fen }) => ({
    ...{ account, fen: -fen, titleZh: null, titleEn: null },
  }));
  return (
    <>
      <p>{t("explained")}</p>
      <PostingTable postings={postings} currency={entry.currency} />
      <form className="stack" method="post" action={`/operations/entries/${entry.id}`}>
        <HiddenKey value={answer.values.clientKey ?? clientKey} />
        <TextField
          {...fieldOf("reason", answer)}
          label={t("reason")}
          hint={t("reasonHint", { most: LONGEST_REASON })}
          autoComplete="off"
          required
        />
        <Button variant="buy">{t("confirm")}</Button>
        <p className="hint">{t("kept")}</p>
      </form>
    </>
  );
}
