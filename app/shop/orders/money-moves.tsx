import { type MoneyMove, type MoneyShare, netShares } from "#app/domain/ledger/money-moves-rule.ts";
import { Money } from "#app/ui/money.tsx";
import { useMoneyWords } from "./use-money-words.ts";

/** After the sale: whom each refund was given by, and what everybody has of it all by now. */
export function MoneyMoves({ moves }: { moves: readonly MoneyMove[] }) {
  const words = useMoneyWords();
  const { t } = words;
  const later = moves.filter(({ kind }) => kind !== "sale");
  if (later.length === 0) return null;
  return (
    <div className="stack border-t border-line pt-3" id="moves">
      <h3>{t("title")}</h3>
      {later.map((move) => (
        <section key={move.id}>
          <h4 className="font-bold">
            {words.move(move)}{" "}
            <span className="text-sm text-earth">{words.when(move.occurredAt)}</span>
          </h4>
          <Shares shares={move.shares} />
        </section>
      ))}
      <section>
        <h4 className="font-bold">{t("net")}</h4>
        <Shares shares={netShares(moves)} />
      </section>
    </div>
  );
}

function Shares({ shares }: { shares: readonly MoneyShare[] }) {
  const words = useMoneyWords();
  return (
    <ul>
      {shares.map((share) => (
        <li
          key={`${share.kind} ${share.code}`}
          className="flex justify-between gap-4 border-s-4 border-leaf-light py-1 ps-3"
        >
          <span>{words.holder(share)}</span>
          <span className="shrink-0">
            <Money fen={share.fen} />
          </span>
        </li>
      ))}
    </ul>
  );
}
