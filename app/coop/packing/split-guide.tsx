import { useTranslations } from "use-intl";
import { Card } from "#app/ui/layout.tsx";

const STEPS = ["first", "rest", "money", "off"] as const;

/** What becomes of both halves, for who has never sent a parcel in parts. */
export function SplitGuide() {
  const t = useTranslations("packing.split");
  return (
    <Card title={t("guideTitle")}>
      <ul className="list-disc space-y-2 ps-5">
        {STEPS.map((step) => (
          <li key={step}>{t(`guide.${step}`)}</li>
        ))}
      </ul>
    </Card>
  );
}
