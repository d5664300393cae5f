import { html } from "hono/html";
import { type Markup, shell, yuan } from "../look.ts";
import { orderNumber } from "../pay/order-number.ts";
import type { DemoPerson } from "../settings.ts";
import type { Message } from "../sms/messages.ts";
import type { WireSession } from "../stripe/build-session.ts";
import type { Delivery } from "../webhooks/deliveries.ts";
import type { SwitchState } from "../webhooks/switches.ts";
import { messageList } from "./message-list.ts";
import { PAGE_WORDS, type PageWords } from "./words.ts";

export interface PageState {
  language: "zh" | "en";
  basePath: string;
  people: DemoPerson[];
  messages: Message[];
  sessions: WireSession[];
  deliveries: Delivery[];
  switches: SwitchState;
  note: "saved" | "refused" | "told" | "untold" | undefined;
}

/** Everything the stand-ins know, on one page. */
export function sandboxView(state: PageState): Markup {
  const { language, basePath } = state;
  const words = PAGE_WORDS[language];
  const other = language === "zh" ? "en" : "zh";
  const body = html`<header class="top"><h1>${words.title}</h1>
<nav class="row"><a class="button second small" href="/">${words.home}</a>
<a class="button second small" href="${basePath}/?lang=${language}">${words.reload}</a>
<a class="button second small" href="${basePath}/?lang=${other}" hreflang="${other}" lang="${other === "zh" ? "zh-CN" : other}">${words.other}</a></nav></header>
${state.note ? html`<p class="notice" role="status">${words[state.note]}</p>` : ""}
<div class="columns">
${signIns(state, words)}${messageList(state, words, (ms) => moment(ms, language))}${payments(state, words)}${switches(state, words)}${deliveries(state, words)}
</div>`;
  return shell({
    language,
    basePath,
    title: `${words.title} · 田集`,
    banner: words.banner,
    isWide: true,
    body,
  });
}

function signIns({ people, basePath, language }: PageState, words: PageWords): Markup | string {
  if (people.length === 0) return "";
  const roles = [...new Set(people.map(({ role }) => role))];
  const button = ({ role, name, phone, home }: DemoPerson) => {
    const written = typeof name === "string" ? name : name[language];
    const label = `${words.signInAs(words.roles[role] ?? role)} ${written} ${phone}`;
    return html`<li><form method="post" action="${basePath}/sign-in">
<input type="hidden" name="phone" value="${phone}"><input type="hidden" name="to" value="${home}">
<button type="submit" class="person" aria-label="${label}"><span>${written}</span>
<span class="phone soft">${phone}</span></button></form></li>`;
  };
  return html`<section class="panel"><h2>${words.signIns}</h2>${roles.map(
    (role) =>
      html`<h3>${words.roles[role] ?? role}</h3><ul class="people">${people
        .filter((person) => person.role === role)
        .map(button)}</ul>`,
  )}</section>`;
}

function payments({ sessions, language }: PageState, words: PageWords): Markup {
  const statusOf = (session: WireSession): [string, string] => {
    if (session.status === "open") return [words.statuses.open, ""];
    if (session.status === "expired") return [words.statuses.expired, "bad"];
    return session.payment_status === "paid"
      ? [words.statuses.paid, "good"]
      : [words.statuses.processing, ""];
  };
  return html`<section class="panel"><h2>${words.payments}</h2>${
    sessions.length === 0
      ? html`<p class="soft">${words.noPayments}</p>`
      : html`<ul class="plain">${sessions.map((session) => {
          const [status, kind] = statusOf(session);
          return html`<li><div class="row"><span class="state ${kind}">${status}</span><strong class="sum">${yuan(
            session.amount_total ?? 0,
          )}</strong><span class="soft">${orderNumber(session) ?? session.id.slice(0, 20)} · ${moment(
            session.created * 1000,
            language,
          )}</span>${
            session.url
              ? html`<a href="${session.url}" class="button second small end">${words.openPage}</a>`
              : ""
          }</div></li>`;
        })}</ul>`
  }<p class="soft">${words.fees}</p></section>`;
}

function deliveries({ deliveries, basePath, language }: PageState, words: PageWords): Markup {
  const kinds = { delivered: "good", failed: "bad", dropped: "bad", pending: "", unaddressed: "" };
  return html`<section class="panel"><h2>${words.deliveries}</h2>${
    deliveries.length === 0
      ? html`<p class="soft">${words.noDeliveries}</p>`
      : html`<ul class="plain">${deliveries.map(
          (
            delivery,
          ) => html`<li><form method="post" action="${basePath}/deliveries/${delivery.id}/redelivery?lang=${language}">
<div class="row"><span class="state ${kinds[delivery.state]}">${words.states[delivery.state]}</span><span class="code">${delivery.type}</span>
<button class="second small end" type="submit" aria-label="${words.again} ${delivery.type} ${delivery.id}">${words.again}</button></div>
<span class="soft">${moment(delivery.created_at, language)} · ${words.attempts(delivery.attempts)}${
            delivery.failure ? ` · ${delivery.failure}` : ""
          }</span></form></li>`,
        )}</ul>`
  }</section>`;
}

function switches({ switches: now, basePath, language }: PageState, words: PageWords): Markup {
  const choices = ["off", "succeed", "fail"] as const;
  const ticked = (isOn: boolean) => (isOn ? html`checked` : "");
  return html`<section class="panel"><h2>${words.switches}</h2><p class="soft">${words.switchesHint}</p>
<form method="post" action="${basePath}/switches?lang=${language}">
<label for="duplicate">${words.duplicate}</label><input id="duplicate" name="duplicate" type="number" min="0" max="10" value="${now.duplicate}">
<label for="delay">${words.delaySeconds}</label><input id="delay" name="delay" type="number" min="0" max="3600" value="${now.delayMs / 1000}" step="any">
<label class="tick"><input type="checkbox" name="disorder" ${ticked(now.disorder)}> ${words.disorder}</label>
<label class="tick"><input type="checkbox" name="drop" ${ticked(now.drop > 0)}> ${words.drop}</label>
<label for="async">${words.async}</label><select id="async" name="asyncPayment">${choices.map(
    (choice) =>
      html`<option value="${choice}" ${choice === now.asyncPayment ? html`selected` : ""}>${words.asyncs[choice]}</option>`,
  )}</select>
<button class="main" type="submit">${words.save}</button></form></section>`;
}

function moment(ms: number, language: "zh" | "en"): string {
  return new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: "Asia/Shanghai",
  }).format(ms);
}
