import { index, route } from "@remix-run/route-config";

export const shopRoutes = [
  index("shop/home/page.tsx"),
  route("search", "shop/search/page.tsx"),
  route("produce/:listingId", "shop/produce/page.tsx"),
  route("categories/:code", "shop/shelves/category.tsx"),
  route("counties/:code", "shop/shelves/county.tsx"),
  route("cooperatives/:slug", "shop/shelves/cooperative.tsx"),
  route("households/:alias", "shop/shelves/household.tsx"),
  route("cart", "shop/cart/page.tsx"),
  route("cart/prices", "shop/cart/prices.ts"),
  route("checkout", "shop/checkout/page.tsx"),
  route("orders", "shop/orders/list.tsx"),
  route("orders/:number", "shop/orders/page.tsx"),
  route("orders/:number/payment", "shop/orders/payment.ts"),
  route("orders/:number/cancellation", "shop/orders/cancellation.ts"),
  route("orders/:number/receipt", "shop/orders/receipt.ts"),
  route("orders/:number/return", "shop/orders/return.ts"),
  route("orders/:number/proof", "shop/orders/proof.ts"),
  route("ledger", "shop/ledger/page.tsx"),
];
