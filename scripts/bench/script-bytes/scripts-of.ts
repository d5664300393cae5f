/** What a page makes a browser load and run. */
export type ScriptsOfPage = { sources: string[]; inlineBytes: number };

/** The scripts that stand in a page: those it names, modules it asks for early, and its own. */
export function scriptsOf(html: string): ScriptsOfPage {
  const sources = new Set<string>();
  let inlineBytes = 0;
  for (const [, attributes = "", body = ""] of html.matchAll(
    /<script\b([^>]*)>([\s\S]*?)<\/script>/g,
  )) {
    const source = attributeOf(attributes, "src");
    if (source) sources.add(source);
    else inlineBytes += Buffer.byteLength(body);
  }
  for (const [, attributes = ""] of html.matchAll(/<link\b([^>]*)>/g)) {
    const source = attributeOf(attributes, "href");
    if (attributeOf(attributes, "rel") === "modulepreload" && source) sources.add(source);
  }
  return { sources: [...sources], inlineBytes };
}

const attributeOf = (attributes: string, name: string) =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]?.replaceAll("&amp;", "&");

/** The scripts that a service worker keeps when it is installed, by the list in its head. */
export function keptScripts(serviceWorker: string): string[] {
  const list = /^const SHELL = (\[.*\]);$/m.exec(serviceWorker)?.[1];
  if (!list) throw new Error("the service worker does not say what it keeps");
  return (JSON.parse(list) as string[]).filter((path) => path.endsWith(".js"));
}
