import { index, route } from "@remix-run/route-config";

export const shopRoutes = [index("shop/home/page.tsx"), route("search", "shop/search/page.tsx")];
