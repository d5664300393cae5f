import type { Page } from "@playwright/test";

/** No word that is wider than this can be kept whole at large type on 360 pixels. */
const ROOM = 270;

/**
 * Words that are broken inside, as they stand on the page now: Latin words and numbers anywhere,
 * Chinese labels of two to four characters on what is tapped or filled in; and fields that leave no
 * room for their own placeholder where there would be some. Where the sheet lets the browser
 * hyphenate, a word may go on in the next line.
 */
export function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate((room) => {
    const taps = "label, legend, button, summary, a, th, dt, .label";
    const rowsOf = (node: Node, from: number, to: number) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0.5);
      const width = boxes.reduce((sum, box) => sum + box.width, 0);
      return width > room ? 1 : new Set(boxes.map(({ top }) => Math.round(top))).size;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (
      let node = walker.nextNode() as Text | null;
      node;
      node = walker.nextNode() as Text | null
    ) {
      const home = node.parentElement;
      if (!home?.checkVisibility() || home.closest(".sr-only, script, style")) continue;
      if (getComputedStyle(home).hyphens === "auto") continue;
      const words = [...node.data.matchAll(/[\p{Script=Latin}\d][\p{Script=Latin}\d.,'’]+/gu)];
      const label = /^\s*(\p{Script=Han}{2,4})\s*$/u.exec(node.data);
      if (label && home.closest(taps)) words.push(label);
      for (const { 0: word, 1: short, index } of words) {
        const from = short ? node.data.indexOf(short) : index;
        if (rowsOf(node, from, from + (short ?? word).length) > 1) {
          found.push(`“${short ?? word}” is broken in ${home.outerHTML.slice(0, 90)}`);
        }
      }
    }
    const pen = document.createElement("canvas").getContext("2d");
    for (const input of document.querySelectorAll<HTMLInputElement>("input[placeholder]")) {
      if (!pen || !input.checkVisibility() || !input.parentElement) continue;
      pen.font = getComputedStyle(input).font;
      const isCut = pen.measureText(input.placeholder).width > input.clientWidth - 20;
      const isNarrow = input.offsetWidth < 0.9 * input.parentElement.clientWidth;
      if (isCut && isNarrow) found.push(`no room for “${input.placeholder}”`);
    }
    return found;
  }, ROOM);
}
