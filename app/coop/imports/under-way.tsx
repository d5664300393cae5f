import { useLocale, useTranslations } from "use-intl";
import type { KeptState } from "#app/domain/sheets/start-kept.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

type File = {
  path: string;
  state: KeptState;
  isWhole: boolean | null;
  endedAt: Date | string | null;
  done: number;
  lines: number;
  stoppedHint: string;
};

/** How far a table is that somebody has taken, or how it ended. */
export function UnderWay({ path, state, isWhole, endedAt, done, lines, stoppedHint }: File) {
  const t = useTranslations("imports");
  const locale = useLocale() as Locale;
  const at = endedAt ? formatDateTime(endedAt, locale) : "";
  return (
    <>
      {state === "under-way" && (
        <div data-look-again>
          <Notice role="status" tone="persimmon" title={t("underWay")}>
            <p>{isWhole ? t("underWayWhole") : t("progress", { done, all: lines })}</p>
            <progress className="w-full" max={lines} value={isWhole ? undefined : done}>
              {done}
            </progress>
            <p>
              <a className="inline-flex min-h-11 items-center" href={path}>
                {t("reload")}
              </a>
            </p>
          </Notice>
        </div>
      )}
      {state === "taken" && <Notice role="status" title={t("taken", { at })} />}
      {(state === "refused" || state === "stopped") && (
        <Notice role="status" tone="red" title={t(`${state}Title`, { at })}>
          <p>{state === "stopped" ? stoppedHint : t("refusedHint")}</p>
        </Notice>
      )}
    </>
  );
}
