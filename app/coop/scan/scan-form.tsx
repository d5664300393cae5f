import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, Field } from "#app/ui/field.tsx";
import { Camera } from "./camera.tsx";

type Props = { action: string; label: string; hint: string; error?: ErrorKey; children: ReactNode };

/**
 * One field that is ready to be typed into: a scanner types what it reads and Enter, and so needs no
 * script. A phone's camera reads codes where its browser can, else its button stays hidden.
 */
export function ScanForm({ action, label, hint, error, children }: Props) {
  const t = useTranslations("packing.scan");
  return (
    <form method="post" action={action} className="card stack">
      {children}
      <Field name="code" label={label} hint={hint} error={error} required>
        {(control) => (
          <input
            {...control}
            className="input text-2xl tabular-nums"
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            // biome-ignore lint/a11y/noAutofocus: whoever holds a scanner has no hand for the mouse
            autoFocus
          />
        )}
      </Field>
      <Camera button={t("camera")} says={t("scanning")} />
      <Button wide>{t("go")}</Button>
    </form>
  );
}
