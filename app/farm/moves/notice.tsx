import { useLocale, useTranslations } from "use-intl";
import type { OwnMove } from "#app/domain/moves/read-moves.ts";
import { pick } from "#app/i18n/locale.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Notice } from "#app/ui/layout.tsx";
import { MoveWaitsList } from "#app/ui/move-waits.tsx";

/** That another cooperative asks the household to come, or what an agreed move waits for. */
export function MoveNotice({ move }: { move: OwnMove }) {
  const t = useTranslations("moves.farm");
  const cooperative = pick(useLocale(), move.toZh, move.toEn);
  if (move.state === "agreed") {
    return (
      <Notice tone="leaf" title={t("title")}>
        <p>{t("agreed", { cooperative })}</p>
        {move.waits && <MoveWaitsList waits={move.waits} />}
      </Notice>
    );
  }
  return (
    <Notice tone="persimmon" title={t("asksTitle")}>
      <div className="stack">
        <p>{t("asks", { cooperative })}</p>
        <ButtonLink href="/farm/move" wide>
          {t("look")}
        </ButtonLink>
      </div>
    </Notice>
  );
}
