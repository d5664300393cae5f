import { type AppLoadContext, redirect } from "@remix-run/server-runtime";
import { type CoopRight, coopRightsOf } from "#app/domain/people/coop-rights.ts";
import { keepLanguage } from "#app/domain/people/keep-language.ts";
import { isStaff, type Roles, readRoles } from "#app/domain/people/read-roles.ts";
import type {
  BuyerScope,
  CoopScope,
  HouseholdScope,
  OfficerScope,
  OperatorScope,
} from "#app/domain/scopes.ts";

const STAFF_SESSION_MS = 12 * 60 * 60 * 1000;

/** Who is signed in, and what she may act for. */
export type Person = { userId: string; phone: string; roles: Roles };

/** A context lives as long as one request: the header and the page ask once between them. */
const known = new WeakMap<AppLoadContext, Promise<Person | null>>();

async function readPerson(request: Request, context: AppLoadContext): Promise<Person | null> {
  const session = await context.auth.readSession(request.headers);
  if (!session) return null;
  const roles = await readRoles(context.db, session.userId);
  // Also holds for someone who became staff after she signed in for thirty days.
  const age = Date.now() - session.signedInAt.getTime();
  if (isStaff(roles) && age > STAFF_SESSION_MS) return null;
  return { userId: session.userId, phone: session.phone, roles };
}

/** The signed-in person, or null. */
export function currentUser(request: Request, context: AppLoadContext): Promise<Person | null> {
  const found = known.get(context);
  if (found) return found;
  const person = readPerson(request, context);
  known.set(context, person);
  return person;
}

/** The sign-in page, which leads back here. */
function signInPath(request: Request): string {
  const { pathname, search } = new URL(request.url);
  const path = pathname.replace(/\.data$/, "");
  return `/sign-in?${new URLSearchParams({ to: `${path}${search}` })}`;
}

/**
 * The signed-in person. Throws a redirect to the sign-in page; for a form that was sent without a
 * session, which no redirect can carry, a 401 that the server turns into a page saying how to sign
 * in and send what was typed again.
 */
export async function requireUser(request: Request, context: AppLoadContext): Promise<Person> {
  const person = await currentUser(request, context);
  if (person) return person;
  if (request.method === "GET" || request.method === "HEAD") {
    throw redirect(signInPath(request), 303);
  }
  throw new Response(null, { status: 401, statusText: "Unauthorized" });
}

function forbidden(): Response {
  return new Response("Forbidden", { status: 403, statusText: "Forbidden" });
}

/**
 * Throws a redirect to /sign-in, or a 403 for someone who farms for no household. Whoever does is
 * from now on told things in the language that she uses.
 */
export async function requireHousehold(
  request: Request,
  context: AppLoadContext,
): Promise<HouseholdScope> {
  const { userId, roles } = await requireUser(request, context);
  if (!roles.household) throw forbidden();
  const scope = { userId, ...roles.household } as HouseholdScope;
  if (context.locale !== roles.toldIn) await keepLanguage(context.db, scope, context.locale);
  return scope;
}

/**
 * Throws a redirect to /sign-in, or a 403 for someone who works for no cooperative, or whose role in
 * it has not this right. `null` asks for none but to work there.
 */
export async function requireCoop(
  request: Request,
  context: AppLoadContext,
  right: CoopRight | null,
): Promise<CoopScope> {
  const { userId, roles } = await requireUser(request, context);
  if (!roles.cooperative) throw forbidden();
  const { cooperativeId, role } = roles.cooperative;
  if (right && !coopRightsOf[role].includes(right)) throw forbidden();
  return { userId, cooperativeId } as CoopScope;
}

/** What the signed-in person may do for her cooperative; nothing where she works for none. */
export async function coopRights(
  request: Request,
  context: AppLoadContext,
): Promise<readonly CoopRight[]> {
  const role = (await currentUser(request, context))?.roles.cooperative?.role;
  return role ? coopRightsOf[role] : [];
}

/** Throws a redirect to /sign-in, or a 403 for someone who is no relief officer. */
export async function requireOfficer(
  request: Request,
  context: AppLoadContext,
): Promise<OfficerScope> {
  const { userId, roles } = await requireUser(request, context);
  if (!roles.officer) throw forbidden();
  return { userId, ...roles.officer } as OfficerScope;
}

/** Throws a redirect to /sign-in, or a 403 for someone who does not run the market. */
export async function requireOperator(
  request: Request,
  context: AppLoadContext,
): Promise<OperatorScope> {
  const { userId, roles } = await requireUser(request, context);
  if (!roles.isOperator) throw forbidden();
  return { userId } as OperatorScope;
}

/** Anyone may buy: the signed-in user and this browser, or this browser alone. */
export async function buyerOf(request: Request, context: AppLoadContext): Promise<BuyerScope> {
  const person = await currentUser(request, context);
  return { userId: person?.userId ?? null, visitorId: context.visitorId } as BuyerScope;
}

/** Whoever has just entered her code, as a buyer: the request came before she was signed in. */
export function enteredBuyer(userId: string, context: AppLoadContext): BuyerScope {
  return { userId, visitorId: context.visitorId } as BuyerScope;
}
