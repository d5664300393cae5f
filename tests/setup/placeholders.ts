import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/**
 * The keys of a tree of ICU messages with the names each message takes: the wording, the order
 * and the plural cases may differ between languages, the names may not.
 */
export function placeholdersOf(messages: unknown, prefix = ""): Record<string, string[]> {
  if (typeof messages === "string")
    return { [prefix]: [...new Set(namesIn(parse(messages)))].sort() };
  const entries = Object.entries(messages as Record<string, unknown>);
  return Object.assign(
    {},
    ...entries.map(([key, value]) => placeholdersOf(value, prefix ? `${prefix}.${key}` : key)),
  );
}

/** Arguments and tags, also those inside a plural's or a select's cases. */
function namesIn(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...namesIn(element.children)];
    const cases = "options" in element ? Object.values(element.options) : [];
    return [element.value, ...cases.flatMap((option) => namesIn(option.value))];
  });
}
