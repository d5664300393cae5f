import type { ActionFunctionArgs, AppLoadContext } from "@remix-run/server-runtime";
import { action as enterCode } from "#app/account/sign-in/code.tsx";
import { action as askForCode } from "#app/account/sign-in/page.tsx";
import { createTestDatabase } from "#tests/setup/database.ts";
import { cookiesOf, makeSignIn } from "./sign-in.ts";

type Page = (args: ActionFunctionArgs) => unknown;
type Answer = {
  status: number;
  to: string | null;
  setCookies: string[];
  /** What the browser is told to forget. */
  clears: string | null;
  data: Record<string, unknown>;
};

/** The sign-in pages on a database of their own, filled in as the browser does. */
export async function openSignInPages() {
  const database = await createTestDatabase();
  const { db } = database;
  const made = makeSignIn(database.url);

  /** Sends a form to a page's action; says what came of it. */
  async function send(
    page: Page,
    form: Record<string, string>,
    cookies: Headers = new Headers(),
    visitorId = "visitor",
  ): Promise<Answer> {
    const body = new URLSearchParams(form);
    const request = new Request("http://market.test/", { method: "POST", body, headers: cookies });
    const setCookies: string[] = [];
    const context = {
      db,
      auth: made.auth,
      visitorId,
      locale: "zh",
      clientAddress: made.address(),
      publicUrl: "http://market.test",
      setCookie: (cookie: string) => void setCookies.push(cookie),
    } as AppLoadContext;
    const answer = await page({ request, context, params: {} });
    if (answer instanceof Response) {
      const { status, headers } = answer;
      setCookies.push(...headers.getSetCookie());
      const [to, clears] = [headers.get("location"), headers.get("clear-site-data")];
      return { status, to, setCookies, clears, data: {} };
    }
    const { data, init } = answer as { data: Record<string, unknown>; init?: { status: number } };
    return { status: init?.status ?? 200, to: null, setCookies, clears: null, data };
  }

  const codeSentTo = (phone: string) =>
    /\d{6}/.exec(made.texts.filter(({ to }) => to === phone).at(-1)?.text ?? "")?.[0] ?? "";

  /** Asks for a code and enters it, like a person does. */
  async function walk(phone: string, to = "", visitorId?: string) {
    await made.forgive(phone);
    const asked = await send(askForCode, { phone: phone.slice(3), to });
    const cookies = cookiesOf(asked.setCookies);
    const code = codeSentTo(phone);
    return { asked, cookies, code, entered: await send(enterCode, { code }, cookies, visitorId) };
  }

  async function close(): Promise<void> {
    await made.pool.end();
    await database.drop();
  }

  return { db, made, send, codeSentTo, walk, close };
}
