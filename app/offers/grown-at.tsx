import { useTranslations } from "use-intl";
import type { ShownHome } from "#app/domain/households/read-shown-home.ts";

/** Says where buyers will read that it grew, which nobody is asked for, and who they see. */
export function GrownAt({ home, onBehalf }: { home: ShownHome; onBehalf?: boolean }) {
  const t = useTranslations("farmDraft.grownAt");
  const { village, alias } = home;
  return (
    <div>
      <p>{t("village", { village })}</p>
      <p className="hint">{t(onBehalf ? "theirs" : "yours", { alias })}</p>
    </div>
  );
}
