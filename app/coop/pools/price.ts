import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { requireCoop } from "#app/account/guards.ts";
import { setPoolPrice } from "#app/domain/pools/change-pool.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { parseYuan } from "#app/ui/format.ts";
import { poolPath } from "./pool-news.ts";

/** Gives a pooled listing another price; what was typed comes back beside what is wrong with it. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const listingId = params.poolId ?? "";
  const form = await request.formData().catch(() => new FormData());
  const typed = String(form.get("price") ?? "").slice(0, 20);
  if (switchLocale(context, form.get("locale"))) {
    const kept = new URLSearchParams({ price: typed });
    return redirect(`/coop/pools/${encodeURIComponent(listingId)}?${kept}#price`, 303);
  }
  const priceFen = parseYuan(typed.normalize("NFKC")) ?? Number.NaN;
  const set = await setPoolPrice(context.db, scope, { listingId, priceFen });
  if (!set.ok && set.reason === "pool-unknown") throw new Response(null, { status: 404 });
  if (set.ok) return redirect(poolPath(listingId, set.isChanged ? "changed" : "unchanged"), 303);
  const said = new URLSearchParams({ problem: set.reason, price: typed });
  return redirect(`/coop/pools/${listingId}?${said}#price`, 303);
}

export const loader = ({ params }: LoaderFunctionArgs) =>
  redirect(`/coop/pools/${params.poolId ?? ""}#price`, 303);
