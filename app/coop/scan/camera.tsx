import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";

/**
 * Lets a phone's camera read a code into the form around it (scan-code.js); hidden where the browser
 * cannot.
 */
export function Camera({
  button,
  says,
  pattern = "",
  into,
}: {
  button: string;
  /** What to hold before the camera. */
  says: string;
  /** Of all that the camera sees only such codes are read. */
  pattern?: string;
  /** The field that takes it; without one the form is sent with it. */
  into?: string;
}) {
  const t = useTranslations("packing.scan");
  return (
    <div data-scan={pattern} data-into={into} className="stack" hidden>
      <Button type="button" variant="quiet" wide>
        {button}
      </Button>
      <p className="error" role="alert" hidden>
        {t("refused")}
      </p>
      <video className="w-full" hidden muted playsInline aria-label={says} />
    </div>
  );
}
