import { useLocale, useTranslations } from "use-intl";
import type { Proof } from "#app/domain/ledger/proof.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

/** What a sound proof proves: which entry, since when, and what it says. */
export function SoundProof({ proof }: { proof: Proof }) {
  const t = useTranslations("ledger.sound");
  const locale = useLocale();
  const { seal, transaction } = proof;
  return (
    <>
      <Notice title={t("title")} role="status">
        <p>{t("body", { seal: seal.seq, when: formatDateTime(seal.sealedAt, locale) })}</p>
      </Notice>
      <Card title={t("postings")}>
        <p>
          {t("transaction", {
            seq: transaction.seq,
            when: formatDateTime(transaction.occurredAt, locale),
          })}
        </p>
        <ul>
          {transaction.postings.map(({ id, account, fen }) => (
            <li key={id} className="flex justify-between gap-4 py-1">
              <code>{account}</code>
              <Money fen={fen} />
            </li>
          ))}
        </ul>
        <p className="hint">{t("sign")}</p>
      </Card>
    </>
  );
}
