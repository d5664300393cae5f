import { cloneElement, type ReactElement, type ReactNode } from "react";
import { IntlProvider } from "use-intl";
import type { Locale } from "./locale.ts";
import { messages } from "./messages.ts";

type Format = (message: string, ...more: unknown[]) => unknown;
type Told = ReactElement<{ value: { formatters: { getMessageFormat?: Format } } }>;

/** Of each language what a provider holds: what it has read of the messages, and how numbers are said. */
const kept = new Map<Locale, Told>();

/**
 * Finds what was made of a message by the message alone. By itself use-intl looks for it by all that it
 * was made with, written out anew at each call; of ours that is the same for all of a language.
 */
function findByMessage(formatters: { getMessageFormat?: Format }): void {
  let find: Format | undefined;
  const set = (make: Format) => {
    const known = new Map<string, unknown>();
    find = (message, ...more) => {
      const before = known.get(message);
      if (before !== undefined) return before;
      const made = make(message, ...more);
      known.set(message, made);
      return made;
    };
  };
  const property = { get: () => find, set, enumerable: true, configurable: true };
  Object.defineProperty(formatters, "getMessageFormat", property);
}

function FirstInLanguage({ locale, children }: { locale: Locale; children: ReactNode }) {
  const held = { locale, messages: messages[locale], timeZone: "Asia/Shanghai" };
  const told = IntlProvider({ ...held, children }) as Told;
  findByMessage(told.props.value.formatters);
  kept.set(locale, told);
  return told;
}

/**
 * In which language its children speak. A provider of use-intl reads each message that it says for the
 * first time, and a page drawn on the server is always the first time: so one lasts for all pages.
 */
export function InLanguage({ locale, children }: { locale: Locale; children: ReactNode }) {
  const told = kept.get(locale);
  if (told) return cloneElement(told, undefined, children);
  return <FirstInLanguage locale={locale}>{children}</FirstInLanguage>;
}
