import { useTranslations } from "use-intl";
import { scripts, sending } from "./files.ts";

/** What every page of the farm asks for, so that her phone keeps it and sends what it kept. */
export function FarmScripts() {
  return (
    <>
      {[...sending, scripts.noSignal].map((path) => (
        <script key={path} src={path} defer />
      ))}
    </>
  );
}

/** Stands on top of a page's copy: the service worker takes "hidden" away and puts in the time. */
export function KeptCopyNote() {
  const t = useTranslations("farmOffline");
  return (
    <p className="notice tone-persimmon" role="status" hidden data-as-of="">
      {t("asOf", { time: "%" })}
    </p>
  );
}
