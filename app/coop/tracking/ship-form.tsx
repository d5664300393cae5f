import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";

/** Takes a table that was looked at: as it is, or, where lines are wrong, the right ones. */
export function ShipForm({ ships, wrong }: { ships: number; wrong: number }) {
  const t = useTranslations("packing.tracking");
  if (ships === 0) return <p>{t("nothing")}</p>;
  if (wrong > 0) {
    return (
      <form method="post" className="stack">
        <p>{t("wrongStand")}</p>
        <Button name="how" value="right-ones">
          {t("takeRight", { count: ships })}
        </Button>
        <p className="hint">{t("takeHintWrong")}</p>
      </form>
    );
  }
  return (
    <form method="post" className="stack">
      <Button name="how" value="all">
        {t("take", { count: ships })}
      </Button>
      <p className="hint">{t("takeHint")}</p>
      <Button name="how" value="right-ones" variant="quiet">
        {t("takeEach", { count: ships })}
      </Button>
    </form>
  );
}
