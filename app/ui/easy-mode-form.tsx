import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";

/** Switches the easy mode on or off and comes back to the page it stands on. */
export function EasyModeForm({ isEasy, to }: { isEasy: boolean; to: string }) {
  const t = useTranslations("farmEarnings.mode");
  return (
    <form method="post" action="/farm/mode">
      <input type="hidden" name="to" value={to} />
      <Button name="mode" value={isEasy ? "full" : "easy"} variant="quiet" wide>
        {t(isEasy ? "toFull" : "toEasy")}
      </Button>
      {!isEasy && <p className="hint">{t("toEasyHint")}</p>}
    </form>
  );
}
