import { createTranslator, type Locale as IntlLocale } from "use-intl";
import type { Locale } from "./locale.ts";
import { messages } from "./messages.ts";

/** A translator outside of React: text messages, bank files, plain answers. */
export function translator<Feature extends keyof (typeof messages)["zh"]>(
  locale: Locale,
  namespace: Feature,
) {
  return createTranslator({ locale: locale as IntlLocale, messages: messages[locale], namespace });
}
