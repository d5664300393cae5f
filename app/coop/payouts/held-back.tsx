import { useTranslations } from "use-intl";
import type { OwedRow } from "#app/domain/payouts/owed.ts";
import type { Reserve } from "#app/domain/reserves/read-reserve.ts";
import { formatFen } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";

type Held = Pick<Reserve, "balanceFen" | "sharesFen" | "orders" | "overdrawnFen">;

const sum = (fens: number[]) => fens.reduce((all, fen) => all + fen, 0);

/** What a run pays to nobody, and why: of the households' money, and of the cooperative's own. */
export function HeldBack({ reserve, owed }: { reserve: Held; owed: OwedRow[] }) {
  const t = useTranslations("reserve");
  const { balanceFen, orders, sharesFen } = reserve;
  const goingBackFen = sum(owed.map((row) => row.goingBackFen));
  const belowFen = sum(owed.map((row) => Math.max(0, -row.balanceFen)));
  const held: [string, string][] = [
    [t("held.reserve"), formatFen(balanceFen)],
    ...(goingBackFen > 0 ? [[t("held.goingBack"), formatFen(goingBackFen)] as const] : []),
    ...(belowFen > 0 ? [[t("held.below"), formatFen(belowFen)] as const] : []),
  ].map(([label, value]) => [label ?? "", value ?? ""]);
  return (
    <div id="held">
      <p className="font-bold">{t("held.title")}</p>
      <Facts items={held} />
      <p className="hint">
        {t("held.why", { count: orders, fen: formatFen(sharesFen) })}{" "}
        {goingBackFen > 0 && <>{t("held.whyGoingBack")} </>}
        {belowFen > 0 && t("held.whyBelow")}
      </p>
    </div>
  );
}
