import { html } from "hono/html";
import type { Markup } from "../look.ts";
import type { CardErrors, Typed } from "./read-card.ts";
import type { Words } from "./words.ts";

interface Fields {
  words: Words;
  action: string;
  amount: string;
  typed: Typed;
  errors: CardErrors;
}

/** The card fields, each with its message beside it. */
export function cardForm({ words, action, amount, typed, errors }: Fields): Markup {
  const first = Object.keys(errors)[0];
  const field = (name: keyof CardErrors, label: string, attributes: Markup, hint?: string) => {
    const error = errors[name];
    const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
    return html`<div>
<label for="${name}">${label}</label>
${hint ? html`<small id="${name}-hint">${hint}</small>` : ""}
<input id="${name}" name="${name}" required ${attributes} ${described ? html`aria-describedby="${described}"` : ""} ${error ? html`aria-invalid="true"` : ""} ${first === name ? html`autofocus` : ""}>
${error ? html`<p class="error" id="${name}-error">${words.errors[error]}</p>` : ""}
</div>`;
  };
  return html`<form method="post" action="${action}" novalidate>
<input type="hidden" name="method" value="card">
${field("number", words.number, html`inputmode="numeric" autocomplete="off" placeholder="4242 4242 4242 4242" maxlength="40" value="${typed.number}"`, words.numberHint)}
<div class="pair">
${field("expiry", words.expiry, html`inputmode="text" autocomplete="off" placeholder="08/30" maxlength="20" value="${typed.expiry}"`)}
${field("cvc", words.cvc, html`inputmode="numeric" autocomplete="off" placeholder="123" maxlength="8"`)}
</div>
${field("name", words.name, html`autocomplete="off" maxlength="200" value="${typed.name}"`)}
<button class="main" type="submit">${words.pay(amount)}</button>
</form>`;
}
