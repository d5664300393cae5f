import { useTranslations } from "use-intl";
import type { Reserve } from "#app/domain/reserves/read-reserve.ts";
import { formatFen } from "#app/ui/format.ts";
import { Facts } from "#app/ui/layout.tsx";

/** What the reserve holds, what it would have to hold and of what that is made up. */
export function ReserveFacts({ reserve }: { reserve: Omit<Reserve, "countedAt"> }) {
  const t = useTranslations("reserve");
  const { balanceFen, neededFen, sharesFen, overdrawnFen, ceilingFen, orders, feeFen } = reserve;
  const lackingFen = neededFen - balanceFen;
  return (
    <>
      <Facts
        items={[
          [t("balance"), <strong key="balance">{formatFen(balanceFen)}</strong>],
          [t("needed"), formatFen(neededFen)],
          [t("shares", { count: orders }), formatFen(sharesFen)],
          [t("overdrawn"), formatFen(overdrawnFen)],
          [t("ceiling"), formatFen(ceilingFen)],
          [t("fee"), formatFen(feeFen)],
        ]}
      />
      {lackingFen > 0 && (
        <p className="text-red">
          {t(feeFen > 0 ? "lacking" : "lackingFees", { fen: formatFen(lackingFen) })}
        </p>
      )}
    </>
  );
}
