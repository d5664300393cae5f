import { html } from "hono/html";
import type { Markup } from "../look.ts";
import type { Message } from "../sms/messages.ts";
import type { PageState } from "./views.ts";
import type { PageWords } from "./words.ts";

/** The messages that nobody sent, each with what its phone may do with it. */
export function messageList(
  { messages, basePath, language }: PageState,
  words: PageWords,
  moment: (ms: number) => string,
): Markup {
  const kinds = { sent: "", delivered: "good", failed: "bad" };
  const path = (message: Message, what: string) =>
    `${basePath}/messages/${message.id}/${what}?lang=${language}`;
  const item = (message: Message) => html`<li><div class="row">
<span class="state ${kinds[message.state]}">${words.messageStates[message.state]}</span>
<span class="soft"><span class="phone">${message.to}</span> · ${moment(message.created_at)}</span></div>
<span class="code">${message.text}</span>
<details><summary>${words.phoneDoes}</summary>
<form method="post" action="${path(message, "report")}"><div class="row">
<button class="second small" type="submit" name="state" value="delivered" aria-label="${words.arrives} ${message.id}">${words.arrives}</button>
<button class="second small" type="submit" name="state" value="failed" aria-label="${words.fails} ${message.id}">${words.fails}</button></div></form>
<form method="post" action="${path(message, "reply")}"><label for="reply-${message.id}">${words.reply}</label>
<input id="reply-${message.id}" name="text" maxlength="70" required autocomplete="off">
<button class="second small" type="submit" aria-label="${words.sendReply} ${message.id}">${words.sendReply}</button></form></details></li>`;
  return html`<section class="panel"><h2>${words.messages}</h2>${
    messages.length === 0
      ? html`<p class="soft">${words.noMessages}</p>`
      : html`<ul class="plain">${messages.map(item)}</ul>`
  }</section>`;
}
