import { route } from "@remix-run/route-config";

/** What machines call: Stripe, the provider of text messages, and whoever watches over the market. */
export const webhookRoutes = [
  route("webhooks/stripe", "webhooks/stripe.ts"),
  route("webhooks/sms/status", "webhooks/sms-status.ts"),
  route("webhooks/sms/replies", "webhooks/sms-replies.ts"),
  route("health", "webhooks/health.ts"),
];
