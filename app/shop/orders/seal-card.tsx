import { useTranslations } from "use-intl";
import type { MoneyMove } from "#app/domain/ledger/money-moves-rule.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, Notice } from "#app/ui/layout.tsx";
import { useMoneyWords } from "./use-money-words.ts";

type Props = {
  number: string;
  moves: readonly MoneyMove[];
  /** No proof could be made: the seal does not fit what it covers. */
  isBroken?: boolean;
};

/** Of the sale, and of each entry after it, whether it is sealed, and the proof of it to take away. */
export function SealCard({ number, moves, isBroken = false }: Props) {
  const t = useTranslations("ledger.order");
  if (moves.length === 0) return null;
  return (
    <Card title={t("title")} id="seal">
      {isBroken && (
        <Notice tone="red" title={t("brokenTitle")} role="alert">
          <p>{t("broken")}</p>
        </Notice>
      )}
      {moves.length > 1 && <p>{t("each")}</p>}
      <ul className="stack">
        {moves.map((move) => (
          <Sealed key={move.id} number={number} move={move} isAlone={moves.length === 1} />
        ))}
      </ul>
      <p>
        <a href="/ledger" className="inline-flex min-h-11 min-w-11 items-center">
          {t("explain")}
        </a>
      </p>
    </Card>
  );
}

function Sealed({ number, move, isAlone }: { number: string; move: MoneyMove; isAlone: boolean }) {
  const t = useTranslations("ledger.order");
  const words = useMoneyWords();
  const { id, kind, occurredAt, sealedAt } = move;
  const proof = `/orders/${number}/proof${kind === "sale" ? "" : `?entry=${id}`}`;
  const name = `${words.move(move)} ${words.when(occurredAt)}`;
  return (
    <li className="stack">
      <div>
        {!isAlone && <p className="font-bold">{name}</p>}
        <p>{sealedAt === null ? t("soon") : t("sealed", { when: words.when(sealedAt) })}</p>
      </div>
      {sealedAt !== null && (
        <p>
          <ButtonLink href={proof} variant="quiet">
            {t("download")}
            {!isAlone && <span className="sr-only"> {name}</span>}
          </ButtonLink>
        </p>
      )}
    </li>
  );
}
