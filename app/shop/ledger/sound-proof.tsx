import { useLocale, useTranslations } from "use-intl";
import type { Proof } from "#app/domain/ledger/proof.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

type Postings = Pick<Proof["transaction"], "postings">["postings"];

function PostingList({ postings }: { postings: Postings }) {
  return (
    <ul>
      {postings.map(({ id, account, fen }) => (
        <li key={id} className="flex justify-between gap-4 py-1">
          <code>{account}</code>
          <Money fen={fen} />
        </li>
      ))}
    </ul>
  );
}

type Props = {
  proof: Proof;
  /** What the ledger says instead by now; null when the entry is gone. */
  instead?: { postings: Postings } | null;
};

/** What a sound proof proves: which entry, since when, what it says, and whether the ledger still does. */
export function SoundProof({ proof, instead }: Props) {
  const t = useTranslations("ledger.sound");
  const locale = useLocale();
  const { seal, transaction } = proof;
  return (
    <>
      {instead === undefined ? (
        <Notice title={t("title")} role="status">
          <p>{t("body", { seal: seal.seq, when: formatDateTime(seal.sealedAt, locale) })}</p>
        </Notice>
      ) : (
        <Notice tone="red" title={t("changedTitle")} role="alert">
          <p>{t("changed", { seal: seal.seq, when: formatDateTime(seal.sealedAt, locale) })}</p>
          <p>{t(instead ? "changedNow" : "gone")}</p>
          {instead && <PostingList postings={instead.postings} />}
          <p>{t("keepIt")}</p>
        </Notice>
      )}
      <Card title={t("postings")}>
        <p>
          {t("transaction", {
            seq: transaction.seq,
            when: formatDateTime(transaction.occurredAt, locale),
          })}
        </p>
        <PostingList postings={transaction.postings} />
        <p className="hint">{t("sign")}</p>
      </Card>
    </>
  );
}
