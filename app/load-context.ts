import type { Kysely } from "kysely";
import type { Auth } from "#app/account/auth.ts";
import type { ArrivingPhotos } from "#app/gateways/arriving-photos.ts";
import type { Darkroom } from "#app/gateways/darkroom.ts";
import type { NewestFirst } from "#app/gateways/newest-first.ts";
import type { PhotoStore } from "#app/gateways/photo-store.ts";
import type { SmsGateway } from "#app/gateways/sms.ts";
import type { SmsCallbacks } from "#app/gateways/sms-callbacks.ts";
import type { Spill } from "#app/gateways/spill.ts";
import type { PaymentGateway } from "#app/gateways/stripe.ts";
import type { Locale } from "#app/i18n/locale.ts";
import type { Logger } from "#app/log.ts";
import type { KeptCards } from "#app/page-cache/kept-cards.ts";
import type { ReportLimits } from "#app/security/report-limits.ts";
import type { DB } from "#db/schema.d.ts";
import type { SearchEngine } from "#search/engine.ts";

/** The long-lived parts of the process: made once by scripts that start it. */
export type Services = {
  db: Kysely<DB>;
  auth: Auth;
  limits: ReportLimits;
  search: SearchEngine;
  payments: PaymentGateway;
  sms: SmsGateway;
  smsCallbacks: SmsCallbacks;
  photos: PhotoStore;
  /** Makes of an uploaded photo what is kept of it. */
  stripPhoto: Darkroom["stripPhoto"];
  /** Makes of that what the public sees. */
  makeVariants: Darkroom["makeVariants"];
  /** The pictures by which listings are shared. */
  cards: KeptCards;
  /** Of all the photos being sent, one is in memory. */
  onePhotoAtATime: <T>(work: () => Promise<T>) => Promise<T>;
  /** Where photos lie while they come in pieces. */
  arriving: ArrivingPhotos;
  newestFirst: NewestFirst;
  /** Room on the disk for what a form brings, for as long as it is read. */
  openSpill: () => Spill;
  log: Logger;
  /** Where the browser reaches the market: "https://tianji.example", no slash at the end. */
  publicUrl: string;
  /** True when /sandbox is mounted; the only place that may read it is the footer's link. */
  hasSandboxPage: boolean;
};

/** What every loader and action gets as `context`. */
export type RequestContext = Services & {
  locale: Locale;
  /** The caller's network address, for limits, and shortened for the log of acts; never stored whole. */
  clientAddress: string;
  /** An unguessable id of this browser, from a cookie: carts and guest orders hang on it. */
  visitorId: string;
  /** Cookies that a loader or action wants set, whatever it returns. */
  setCookie(cookie: string): void;
  /** Hears what the page failed with, before the answer is sent. */
  failed(error: unknown): void;
};

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends RequestContext {}
  // Pages are drawn where their data is read: a Date stays a Date.
  interface Future {
    v3_singleFetch: true;
  }
}
