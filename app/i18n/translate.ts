import { createTranslator, type Locale as IntlLocale } from "use-intl";
import type { Locale } from "./locale.ts";
import { messages } from "./messages.ts";

type Feature = keyof (typeof messages)["zh"];

function make<Of extends Feature>(locale: Locale, namespace: Of) {
  return createTranslator({ locale: locale as IntlLocale, messages: messages[locale], namespace });
}

/** Each reads a message when it is first asked for it, and is to do so once. */
const made = new Map<string, unknown>();

/** A translator outside of React: text messages, bank files, plain answers. */
export function translator<Of extends Feature>(
  locale: Locale,
  namespace: Of,
): ReturnType<typeof make<Of>> {
  const key = `${locale} ${namespace}`;
  const before = made.get(key) as ReturnType<typeof make<Of>> | undefined;
  if (before) return before;
  const translate = make(locale, namespace);
  made.set(key, translate);
  return translate;
}
