import { type RouteConfig, route } from "@remix-run/route-config";
import { accountRoutes } from "./account/routes.ts";
import { coopRoutes } from "./coop/routes.ts";
import { farmRoutes } from "./farm/routes.ts";
import { operationsRoutes } from "./operations/routes.ts";
import { reliefRoutes } from "./relief/routes.ts";
import { shopRoutes } from "./shop/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

export default [
  ...shopRoutes,
  ...farmRoutes,
  ...coopRoutes,
  ...reliefRoutes,
  ...accountRoutes,
  ...operationsRoutes,
  ...webhookRoutes,
  route("*", "not-found.tsx"),
] satisfies RouteConfig;
