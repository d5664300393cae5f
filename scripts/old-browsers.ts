import { type AtRule, type ChildNode, list, type Plugin, type Root, type Rule } from "postcss";

/** The oldest browser the market holds for, as esbuild and lightningcss write it; README says it too. */
export const OLDEST = "chrome80";

/** Tailwind's layers, the weakest first. What stands in none comes before all of them. */
const LAYERS = ["properties", "theme", "base", "components", "utilities"];
/** Stronger by one id for each step: utilities over components, what stands in no layer over both. */
const STRONGER = ":not(#\\#)";
const steps = (layer: string | null) => (layer === null ? 2 : layer === "utilities" ? 1 : 0);

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "(") depth++;
    if (text[at] === ")" && --depth === 0) return at;
  }
  return text.length;
}

/** What stands between commas, but for those in brackets. */
function partsOf(list: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of list) {
    if (letter === "(" || letter === "[") depth++;
    if (letter === ")" || letter === "]") depth--;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

/** `:is(a, b) c` is `a c, b c`, and `:where(a)` is `a`: a rule with either is unknown to Chrome 87. */
export function plainSelectors(selector: string): string[] {
  const found = /:(?:is|where)\(/.exec(selector);
  if (!found) return [selector];
  const open = found.index + found[0].length - 1;
  const close = closing(selector, open);
  const [before, after] = [selector.slice(0, found.index), selector.slice(close + 1)];
  return partsOf(selector.slice(open + 1, close)).flatMap((part) =>
    plainSelectors(`${before}${part}${after}`),
  );
}

/** After the name of an element, which comes first in its compound; else before everything. */
const strengthen = (selector: string, by: number) =>
  selector.replace(/^(?:[a-z][\w-]*|\*)?/i, (name) => name + STRONGER.repeat(by));

function isSelected(rule: Rule): boolean {
  const { parent } = rule;
  return !(parent?.type === "atrule" && /keyframes$/.test((parent as AtRule).name));
}

function makePlain(node: ChildNode, by: number): void {
  const rules: Rule[] = [];
  if (node.type === "rule") rules.push(node);
  else if (node.type === "atrule") node.walkRules((rule) => void rules.push(rule));
  for (const rule of rules.filter(isSelected)) {
    rule.selectors = rule.selectors.flatMap(plainSelectors).map((one) => strengthen(one, by));
  }
}

/** Tailwind keeps its variables' beginnings for browsers without `@property`; here they are for all. */
function contentOf(layer: AtRule): ChildNode[] {
  const nodes = layer.nodes ?? [];
  if (layer.params !== "properties") return nodes;
  return nodes.flatMap((node) =>
    node.type === "atrule" && node.name === "supports" ? (node.nodes ?? []) : [node],
  );
}

/** `padding-inline: a` in two: Chrome knows the short name since 87, the long ones since 69. */
function lengthen(root: Root): void {
  root.walkDecls(/^(margin|padding)-(inline|block)$/, (short) => {
    const [start = "", end = start] = list.space(short.value);
    short.cloneBefore({ prop: `${short.prop}-start`, value: start });
    short.replaceWith(short.clone({ prop: `${short.prop}-end`, value: end }));
  });
}

function flatten(root: Root): void {
  const loose: ChildNode[] = [];
  const layers = new Map<string, ChildNode[]>(LAYERS.map((name) => [name, []]));
  for (const node of [...root.nodes]) {
    if (node.type !== "atrule" || node.name !== "layer") loose.push(node);
    else if (node.nodes) {
      const kept = layers.get(node.params);
      if (!kept) throw node.error(`no layer of ours: ${node.params}`);
      kept.push(...contentOf(node));
    }
  }
  root.removeAll();
  for (const [name, nodes] of [...layers, [null, loose] as const]) {
    for (const node of nodes) {
      if (node.type === "atrule" && node.name === "property") continue;
      makePlain(node, steps(name));
      root.append(node);
    }
  }
  root.walkAtRules("layer", (nested) => {
    throw nested.error("a layer within another rule is not flattened");
  });
  lengthen(root);
}

/**
 * Makes a sheet that Chrome before 99 reads too: it does not know `@layer` and drops all that stands
 * in one. The order that the layers gave is kept by place and by specificity.
 */
export function flattenLayers(): Plugin {
  return { postcssPlugin: "flatten-layers", OnceExit: flatten };
}
