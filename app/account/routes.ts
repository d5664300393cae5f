import { route } from "@remix-run/route-config";

export const accountRoutes = [
  route("account", "account/page.tsx"),
  route("account/invitations/:invitationId", "account/invitations/answer.ts"),
  route("join", "account/join/page.tsx"),
  route("join/withdrawal", "account/join/withdrawal.ts"),
  route("sign-in", "account/sign-in/page.tsx"),
  route("sign-in/code", "account/sign-in/code.tsx"),
  route("orders/:number/phone", "account/confirm/page.tsx"),
  route("sign-out", "account/sign-out.ts"),
  route("language", "account/language.ts"),
  route("farm/mode", "account/farm-mode.ts"),
];
