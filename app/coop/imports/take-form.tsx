import { useTranslations } from "use-intl";
import type { ImportKind } from "#app/domain/imports/columns.ts";
import { Button } from "#app/ui/button.tsx";

type Counts = { take: number; wrong: number };

/** Takes a file that was looked at: as it is, or, where lines are wrong, all or the right ones. */
export function TakeForm({ kind, counts }: { kind: ImportKind; counts: Counts }) {
  const t = useTranslations("imports");
  if (counts.take === 0) return <p>{t("nothing")}</p>;
  const count = counts.take;
  return (
    <form method="post" className="stack">
      {counts.wrong === 0 ? (
        <>
          <Button name="how" value="all">
            {t("takeAll", { count })}
          </Button>
          <p className="hint">{t("takeAllHint")}</p>
          <Button name="how" value="right-ones" variant="quiet">
            {t("takeEach", { count })}
          </Button>
        </>
      ) : (
        <>
          <p>{t("wrongStand")}</p>
          <Button name="how" value="right-ones">
            {t("takeRight", { count })}
          </Button>
        </>
      )}
      <p className="hint">{t(`takeHint.${kind}`)}</p>
    </form>
  );
}
