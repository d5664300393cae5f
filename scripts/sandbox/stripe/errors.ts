import type Stripe from "stripe";

interface Details {
  status?: number;
  type?: Stripe.RawErrorType;
  code?: string;
  param?: string;
  decline_code?: string;
  /** Stripe remembers only answers given after the work began: see docs.stripe.com/idempotency. */
  isRemembered?: boolean;
}

/** A refusal in Stripe's shape: https://docs.stripe.com/api/errors */
export class StripeRefusal extends Error {
  readonly details: Details;
  constructor(message: string, details: Details = {}) {
    super(message);
    this.details = details;
  }
  get status(): number {
    return this.details.status ?? 400;
  }
  body(requestId: string): string {
    const { type = "invalid_request_error", code, param, decline_code } = this.details;
    const doc_url = code && `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
    return JSON.stringify({
      error: {
        code,
        decline_code,
        doc_url,
        message: this.message,
        param,
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type,
      },
    });
  }
}

export const unknownParameter = (param: string) =>
  new StripeRefusal(`Received unknown parameter: ${param}`, { code: "parameter_unknown", param });

export const missingParameter = (param: string) =>
  new StripeRefusal(`Missing required param: ${param}.`, { code: "parameter_missing", param });

export const invalidParameter = (message: string, param: string, code?: string) =>
  new StripeRefusal(message, { code, param });

export const noSuch = (thing: string, id: string, param = "id") =>
  new StripeRefusal(`No such ${thing}: '${id}'`, { status: 404, code: "resource_missing", param });

/** Stripe takes it, this stand-in does not: better a clear no than a wrong yes. */
export const notImitated = (param: string) =>
  new StripeRefusal(
    `The payment sandbox does not imitate \`${param}\`, although Stripe accepts it. Leave it out, or teach scripts/sandbox/stripe about it.`,
    { code: "sandbox_unsupported", param },
  );
