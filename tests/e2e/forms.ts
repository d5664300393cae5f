import { expect, type Page, test } from "@playwright/test";
import { currentWalk } from "./walk.ts";

export type Fields = Record<string, string>;
export type Answer = { status: number; location: string; html: string };

const CHINESE = /[\u4e00-\u9fff]/;
export const isChinese = (text: string) => CHINESE.test(text);

const baseUrl = () => test.info().project.use.baseURL ?? "";

/**
 * An address of nobody else. The market that `npm test` opens believes its proxy, so that the
 * many bad forms of these journeys do not use up what one address may send in a minute.
 */
export const freshAddress = () =>
  `10.${[...crypto.getRandomValues(new Uint8Array(3))].map((byte) => byte % 255).join(".")}`;

/** All of them in Chinese; of the English project only the words of the answer are asked. */
export function sample<Value>(values: readonly Value[]): readonly Value[] {
  return currentWalk().lang === "zh" ? values : values.slice(0, 3);
}

/**
 * Sends a form by hand, with this browser's cookies: what the page's own fields would hold back
 * (lengths, hidden values, choices) is not held back. Redirects are told, not followed.
 */
export async function send(page: Page, path: string, fields: Fields | FormData): Promise<Answer> {
  const response = await page.request.post(path, {
    ...(fields instanceof FormData ? { multipart: fields } : { form: fields }),
    headers: { Origin: new URL(baseUrl()).origin, "X-Forwarded-For": freshAddress() },
    maxRedirects: 0,
  });
  const { location = "" } = response.headers();
  const html = await response.text();
  return { status: response.status(), location, html };
}

/** The fields of a form as the page was sent, hidden ones too. */
export async function fieldsOf(page: Page, path: string, form = "main form"): Promise<Fields> {
  const html = await (await page.request.get(path)).text();
  return page.evaluate(
    ([source, selector]) => {
      const doc = new DOMParser().parseFromString(source, "text/html");
      const found = doc.querySelector<HTMLFormElement>(selector);
      if (!found) throw new Error(`no ${selector}`);
      const filled = [...new FormData(found)].filter(([, value]) => typeof value === "string");
      return Object.fromEntries(filled) as Record<string, string>;
    },
    [html, form] as const,
  );
}

/** What this browser's cart holds: which, how many, at what price. What is left of it others buy. */
export async function cartOf(page: Page): Promise<string[]> {
  const html = await (await page.request.get("/cart")).text();
  return page.evaluate((source) => {
    const doc = new DOMParser().parseFromString(source, "text/html");
    return [...doc.querySelectorAll("main li[id^=line-]")].map((line) => {
      const quantity = line.querySelector<HTMLInputElement>("input.input[name=quantity]")?.value;
      return `${line.id} ${quantity} ${line.querySelector(".price")?.textContent}`;
    });
  }, html);
}

/** What stands in `main`, so that before and after can be compared; a job may seal in between. */
export async function mainText(page: Page, path: string): Promise<string> {
  const html = await (await page.request.get(path)).text();
  return page.evaluate((source) => {
    const doc = new DOMParser().parseFromString(source, "text/html");
    for (const apart of doc.querySelectorAll("main input[type=hidden], #seal")) apart.remove();
    return doc.querySelector("main")?.textContent ?? "";
  }, html);
}

/** What a reader finds in an answered page; parsed, never run. */
function readAnswer(page: Page, { html }: Answer, field: string) {
  return page.evaluate(
    ([source, name]) => {
      const doc = new DOMParser().parseFromString(source, "text/html");
      const main = doc.querySelector("main");
      const controls = [...(main?.querySelectorAll<HTMLInputElement>("[name]") ?? [])];
      const named = controls.find((one) => one.name === name && one.type !== "hidden");
      // What is said of a choice by radio buttons stands on their group.
      const control = named?.closest("[role=radiogroup]") ?? named;
      const ids = control?.getAttribute("aria-describedby")?.split(" ") ?? [];
      const error = ids.find((id) => id.endsWith("error"));
      return {
        lang: doc.documentElement.lang,
        error: (error && doc.getElementById(error)?.textContent?.trim()) ?? "",
        isMarked: control?.getAttribute("aria-invalid") === "true",
        values: Object.fromEntries(
          controls
            .filter((one) => one.type !== "radio" || one.checked)
            .map((one) => [one.name, one.value]),
        ),
        photoIds: controls.filter((one) => one.name === "photoId").map(({ value }) => value),
        strangers: main?.querySelectorAll("script, iframe, [onerror], [onload]").length,
      };
    },
    [html, field] as const,
  );
}

export type Refusal = { field: string; kept?: Fields; photoId?: string };

/**
 * The form came back with a message beside the field, in the reader's language; everything else
 * that was typed is still in it, and nothing of it became a part of the page.
 */
export async function expectRefused(page: Page, answer: Answer, { field, kept, photoId }: Refusal) {
  expect(answer.status, answer.html.slice(0, 200)).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  const read = await readAnswer(page, answer, field);
  const isZh = currentWalk().lang === "zh";
  expect(read.lang).toBe(isZh ? "zh-CN" : "en");
  expect(read.error, "a message beside the field").not.toBe("");
  expect(isChinese(read.error), read.error).toBe(isZh);
  expect(read.isMarked).toBe(true);
  expect(read.strangers).toBe(0);
  expect(read.values).toMatchObject(kept ?? {});
  if (photoId) expect(read.photoIds).toContain(photoId);
}

/** All of a record but some of its fields. */
export function without(fields: Fields, ...names: string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

export function formData(fields: Fields, files: File[] = []): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const file of files) form.append("photo", file);
  return form;
}

export async function html(page: Page, path: string): Promise<string> {
  return (await page.request.get(path)).text();
}

/** The first address on a page that looks like this. */
export async function linkOn(page: Page, path: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec(await html(page, path))?.[0];
  if (!found) throw new Error(`no ${pattern} on ${path}`);
  return found;
}
