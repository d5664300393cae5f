import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "./layout.tsx";

/**
 * A form came back: by its key something else was done before, and what it says now was not. It has
 * a fresh key, so that pressed once more it is done too.
 */
export function SentBefore({
  title,
  button,
  link,
  children,
}: {
  /** What was done before. */
  title: ReactNode;
  /** What the button that sends the form says; left out where it cannot be sent now. */
  button?: string;
  /** To what was done before. */
  link?: { href: string; label: string };
  children?: ReactNode;
}) {
  const t = useTranslations("chrome.form");
  return (
    <Notice tone="persimmon" title={title} role="alert">
      {children}
      <p>{button ? t("sentBefore", { button }) : t("notUsed")}</p>
      {link && (
        <a className="inline-flex min-h-11 min-w-11 items-center" href={link.href}>
          {link.label}
        </a>
      )}
    </Notice>
  );
}
