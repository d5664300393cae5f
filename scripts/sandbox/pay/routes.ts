import { type Context, Hono } from "hono";
import { lookSheet, pageHeaders, preferredLanguage } from "../look.ts";
import { sameOriginOnly } from "../same-origin.ts";
import { waitingAttempt } from "../stripe/attempt.ts";
import type { Payer } from "../stripe/build-method.ts";
import type { WireSession } from "../stripe/build-session.ts";
import { authenticateSession, type PayResult, paySession } from "../stripe/pay-session.ts";
import type { Sandbox } from "../stripe/sandbox.ts";
import { openSession } from "../stripe/session-state.ts";
import { type CardErrors, readCard, type Typed } from "./read-card.ts";
import { authenticationView, closedView, payView } from "./views.ts";
import { type Language, WORDS, type Words } from "./words.ts";

const NOTHING: Typed = { number: "", expiry: "", name: "" };

/** The hosted payment page: plain forms, no scripts. */
export function payPage(sandbox: Sandbox): Hono {
  const { basePath } = sandbox;
  const app = new Hono();
  app.use("/pay/*", sameOriginOnly(sandbox.publicUrl));
  app.route("/", lookSheet());

  app.get("/pay/:id", (c) => {
    const opened = openSession(sandbox, c.req.param("id"));
    if (!opened.ok) return closed(c, sandbox, opened);
    const wasRefused = c.req.query("refused") !== undefined;
    const code = "payment_intent_authentication_failure";
    return page(c, sandbox, opened.session, { code: wasRefused ? code : undefined });
  });

  app.post("/pay/:id", async (c) => {
    const id = c.req.param("id");
    const opened = openSession(sandbox, id);
    if (!opened.ok) return settled(c, sandbox, opened);
    const form = await c.req.parseBody();
    const { session } = opened;
    let payer: Payer;
    let typed = NOTHING;
    const method = session.payment_method_types.find((name) => name === form.method);
    if (method === "alipay" || method === "wechat_pay") payer = { kind: method };
    else {
      const card = readCard(form, sandbox.now());
      if (!card.ok) return page(c, sandbox, session, { ...card, status: 422 });
      payer = card.payer;
      typed = { ...card.typed, number: "" };
    }
    const result = paySession(sandbox, id, payer);
    if (!result.ok && result.reason === "declined")
      return page(c, sandbox, session, {
        typed,
        code: result.decline.declineCode ?? result.decline.code,
        status: 402,
      });
    return settled(c, sandbox, result);
  });

  app.get("/pay/:id/authentication", (c) => {
    const opened = openSession(sandbox, c.req.param("id"));
    if (!opened.ok) return closed(c, sandbox, opened);
    const attempt = waitingAttempt(sandbox, opened.session);
    if (!attempt) return c.redirect(`${basePath}/pay/${opened.session.id}`, 303);
    const view = { language: languageOf(c, opened.session), basePath };
    const method = String(attempt.method.type);
    return c.html(
      authenticationView(view, opened.session, method),
      200,
      headersFor(opened.session),
    );
  });

  app.post("/pay/:id/authentication", async (c) => {
    const id = c.req.param("id");
    const { outcome } = await c.req.parseBody();
    const result = authenticateSession(sandbox, id, outcome === "authorised");
    if (!result.ok && result.reason === "declined")
      return c.redirect(`${basePath}/pay/${id}?refused`, 303);
    return settled(c, sandbox, result, id);
  });
  return app;
}

/** Where a finished POST leads. A form that was sent twice ends at the same place as the first. */
function settled(
  c: Context,
  sandbox: Sandbox,
  result: PayResult,
  id?: string,
): Response | Promise<Response> {
  if (result.ok) return c.redirect(successUrl(result.session), 303);
  if (result.reason === "complete" && result.session)
    return c.redirect(successUrl(result.session), 303);
  if (result.reason === "authentication-needed")
    return c.redirect(`${sandbox.basePath}/pay/${result.session.id}/authentication`, 303);
  if (result.reason === "not-waiting" && id)
    return c.redirect(`${sandbox.basePath}/pay/${id}`, 303);
  if (result.reason === "unknown" || result.reason === "expired") return closed(c, sandbox, result);
  throw new Error(`the payment page does not expect ${result.reason}`);
}

interface Shown {
  typed?: Typed;
  errors?: CardErrors;
  code?: string;
  status?: 402 | 422;
}

function page(c: Context, sandbox: Sandbox, session: WireSession, shown: Shown) {
  const language = languageOf(c, session);
  const { errors = {}, typed = NOTHING, code, status = 200 } = shown;
  const words = WORDS[language];
  const declined =
    words.declined[code as keyof Words["declined"]] ?? words.declined.generic_decline;
  const notice = code ? declined : status === 422 ? words.check : undefined;
  const view = { language, basePath: sandbox.basePath, session, typed, errors, notice };
  return c.html(payView(view), status, headersFor(session));
}

type Closed = { reason: "unknown" | "complete" | "expired"; session?: WireSession };

function closed(c: Context, sandbox: Sandbox, { reason, session }: Closed) {
  const link =
    session && (reason === "complete" ? successUrl(session) : (session.cancel_url ?? null));
  const view = { language: languageOf(c, session), basePath: sandbox.basePath };
  const status = { unknown: 404, complete: 200, expired: 410 } as const;
  return c.html(closedView(view, reason, link ?? null), status[reason], pageHeaders());
}

const successUrl = (session: WireSession) =>
  (session.success_url ?? "/").replaceAll("{CHECKOUT_SESSION_ID}", session.id);

/** Browsers hold redirects after a form to form-action too, so the shop's origin must be named. */
const headersFor = (session: WireSession) => pageHeaders([new URL(successUrl(session)).origin]);

function languageOf(c: Context, session: WireSession | undefined): Language {
  const locale = session?.locale ?? "auto";
  if (locale.startsWith("zh")) return "zh";
  if (locale.startsWith("en")) return "en";
  return preferredLanguage(c.req.header("accept-language"));
}
