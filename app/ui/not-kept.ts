/**
 * For pages that tell what a person or a household earns and hold nothing that is typed: the browser
 * keeps no copy of them, not even for its Back button, so whoever has the phone next sees none.
 */
export const notKept = () => ({ "Cache-Control": "private, no-store" });

/**
 * With the answer that ends or replaces a person's session: the browser drops the pages it has of
 * hers, also those it keeps drawn for Back. Browsers mind it over https and on localhost only.
 */
export const DROP_SHOWN_PAGES = ["Clear-Site-Data", '"cache"'] as const;
