import { html } from "hono/html";
import { type Markup, shell, yuan } from "../look.ts";
import type { WireSession } from "../stripe/build-session.ts";
import { cardForm } from "./card-form.ts";
import { orderNumber } from "./order-number.ts";
import type { CardErrors, Typed } from "./read-card.ts";
import { type Language, WORDS, type Words } from "./words.ts";

interface Frame {
  language: Language;
  basePath: string;
}

interface PayView extends Frame {
  session: WireSession;
  typed: Typed;
  errors: CardErrors;
  /** A message about the whole attempt, for example that the bank declined. */
  notice?: string;
}

export function payView({ language, basePath, session, typed, errors, notice }: PayView): Markup {
  const words = WORDS[language];
  const action = `${basePath}/pay/${session.id}`;
  const amount = yuan(session.amount_total ?? 0);
  const others = session.payment_method_types.filter((name) => name !== "card") as (
    | "alipay"
    | "wechat_pay"
  )[];
  const body = html`
<p class="merchant">${words.merchant}</p>
<h1>${words.title}</h1>
${notice ? html`<p class="notice" role="alert">${notice}</p>` : ""}
${summary(session, words)}
${
  session.payment_method_types.includes("card")
    ? html`<section class="panel"><h2>${words.byCard}</h2>${cardForm({ words, action, amount, typed, errors })}</section>`
    : ""
}
${
  others.length > 0
    ? html`<section class="panel"><h2>${words.otherWays}</h2><div class="row">${others.map(
        (method) => html`<form method="post" action="${action}">
<input type="hidden" name="method" value="${method}"><button class="second" type="submit">${words[method]}</button></form>`,
      )}</div></section>`
    : ""
}
${testCards(words)}
${session.cancel_url ? html`<p><a class="button second main" href="${session.cancel_url}">${words.back}</a></p>` : ""}`;
  return shell({
    language,
    basePath,
    title: `${words.title} · ${amount}`,
    banner: words.banner,
    body,
  });
}

function summary(session: WireSession, words: Words): Markup {
  const number = orderNumber(session);
  return html`<section class="panel">
<p class="merchant">${words.total}</p>
<p class="total">${yuan(session.amount_total ?? 0)}</p>
${number ? html`<p class="soft">${words.orderNo} ${number}</p>` : ""}
<ul class="lines">${session.line_items.data.map(
    (line) =>
      html`<li><span>${line.description}<br><small>${words.each(
        yuan(line.price.unit_amount ?? 0),
        line.quantity ?? 1,
      )}</small></span><span class="sum">${yuan(line.amount_total)}</span></li>`,
  )}</ul></section>`;
}

function testCards(words: Words): Markup {
  const cards: [string, string][] = [
    ["4242 4242 4242 4242", words.pays],
    ["4000 0000 0000 0002", words.declines],
    ["4000 0025 0000 3155", words.asks],
    ["4000 0000 0000 9995", words.noFunds],
    ["4000 0000 0000 0259", words.disputes],
  ];
  return html`<section class="panel"><h2>${words.tests}</h2><p class="soft">${words.testsHint}</p>
<ul class="lines">${cards.map(([number, what]) => html`<li><span class="card">${number}</span><span>${what}</span></li>`)}</ul></section>`;
}

/** The second page: the buyer's bank, or her wallet, asks whether it is really her. */
export function authenticationView(
  { language, basePath }: Frame,
  session: WireSession,
  method: string,
): Markup {
  const words = WORDS[language];
  const action = `${basePath}/pay/${session.id}/authentication`;
  const asker = method === "alipay" || method === "wechat_pay" ? words[method] : words.bank;
  const answer = (outcome: string, label: string, kind: string) =>
    html`<form method="post" action="${action}"><input type="hidden" name="outcome" value="${outcome}"><button class="main ${kind}" type="submit">${label}</button></form>`;
  const body = html`<h1>${words.bankTitle}</h1>
<section class="panel"><p>${words.bankText(asker, yuan(session.amount_total ?? 0))}</p>
${answer("authorised", words.authorise, "")}${answer("refused", words.refuse, "second")}</section>`;
  return shell({ language, basePath, title: words.bankTitle, banner: words.banner, body });
}

/** A session that cannot be paid (any more): what happened, what is safe, where to go. */
export function closedView(
  { language, basePath }: Frame,
  reason: "unknown" | "complete" | "expired",
  link: string | null,
): Markup {
  const words = WORDS[language];
  const title = words[`${reason}Title`];
  const body = html`<h1>${title}</h1><section class="panel"><p>${words[`${reason}Text`]}</p>
${link ? html`<p><a class="button main" href="${link}">${reason === "complete" ? words.toOrder : words.toShop}</a></p>` : ""}</section>`;
  return shell({ language, basePath, title, banner: words.banner, body });
}
