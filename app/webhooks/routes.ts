import { route } from "@remix-run/route-config";

/** What machines call: Stripe, and whoever watches over the market. */
export const webhookRoutes = [
  route("webhooks/stripe", "webhooks/stripe.ts"),
  route("health", "webhooks/health.ts"),
];
