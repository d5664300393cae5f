import { useTranslations } from "use-intl";
import { QrCode } from "./qr-code.tsx";

/** The code that leads to a parcel's trace page. */
export function TraceCode({ url }: { url: string }) {
  const t = useTranslations("trace.label");
  return <QrCode text={url} label={t("code")} />;
}
