import { templates } from "#app/domain/messages/templates.ts";
import { meetingWords } from "#app/i18n/meeting-words.ts";
import { translator } from "#app/i18n/translate.ts";
import { unitWords } from "#app/i18n/unit-words.ts";

const yuan = (fen: number) => `¥${(fen / 100).toFixed(2)}`;

/** A message in the reader's language, and its values as a provider's template numbers them. */
export function drawMessage(message: {
  template: keyof typeof templates;
  params: Record<string, string | number>;
  locale: "zh" | "en";
}): { text: string; values: string[] } {
  const { template, locale } = message;
  const params: Record<string, string | number> = { ...message.params };
  const has = { hasNote: params.note ? "yes" : "no", hasRest: params.restFen ? "yes" : "no" };
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "number" && /^fen$|Fen$/.test(name)) params[name] = yuan(value);
  }
  if (params.unit) {
    const word = translator(locale, "words");
    const [unit = "", grams] = String(params.unit).split(" ");
    params.unit = unitWords((name) => word(`unit.${name}`), locale)(unit, Number(grams));
  }
  if (params.carrier) {
    const carrier = translator(locale, "coop")(`carrier.${params.carrier}` as "carrier.sf");
    params.carrier = carrier;
  }
  if (params.when) {
    const [collectsOn = "", from, until] = String(params.when).split(" ");
    const hours = { fromMinute: Number(from), untilMinute: Number(until) };
    params.when = meetingWords({ collectsOn, ...hours }, locale);
  }
  // Among the name, so that a provider's template needs no value more.
  if (params.photos) {
    params.title = translator(locale, "words")("withNewPhotos", { title: String(params.title) });
  }
  const t = translator(locale, "sms");
  // Which words take which values is held by a test: the compiler sees a union of them all.
  const said = { ...params, ...has } as never;
  return {
    text: t(template, said),
    // Providers refuse a value that is empty.
    values: templates[template].map((name) => String(params[name] ?? "").trim() || "-"),
  };
}
