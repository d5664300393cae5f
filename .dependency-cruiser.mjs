/**
 * Who may import whom: the table of the architecture, as rules that fail the check.
 * `to.path` holds a path from the root; `pathNot` is what is let through.
 */
const PAGES = "^app/(shop|farm|coop|relief|operations|account|webhooks)/";
/** Wires better-auth to the database: it composes, like the files at the top of app/. */
const AUTH = "^app/account/auth\\.ts$";
const COMPOSITION = "^app/[^/]+\\.tsx?$";
const TESTS = "\\.test\\.tsx?$|^tests/";
const LOCAL = "^(app|db|search|scripts|tests)/";

const packages = (...names) => `^node_modules/(${names.join("|")})(/|$)`;
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** A layer that may reach only the local files in `allowed`; its tests are free. */
const onlyReaches = (name, comment, from, ...allowed) =>
  rule(
    name,
    comment,
    { path: from, pathNot: [TESTS, AUTH] },
    { path: LOCAL, pathNot: allowed.concat("\\.d\\.ts$") },
  );

export default {
  forbidden: [
    onlyReaches(
      "pages-reach-domain-query-ui-i18n-and-guards",
      "A page is one hop from a verb; everything that does something comes in the load context.",
      PAGES,
      PAGES,
      "^app/domain/",
      "^app/forms/",
      "^app/offers/",
      "^app/claims/",
      "^app/acts/",
      "^app/statement/",
      "^app/ui/",
      "^app/i18n/",
      "^search/(query|filters)\\.ts$",
      // By its name alone, which the farm's service worker must know.
      "^app/app\\.css$",
      "^app/load-context\\.ts$",
    ),
    rule(
      "pages-of-one-person-stay-apart",
      "shop, farm, coop, relief and webhooks never import each other; account lends only its guards.",
      { path: PAGES, pathNot: [TESTS, AUTH] },
      { path: PAGES, pathNot: ["^app/$1/", "^app/account/guards\\.ts$"] },
    ),
    onlyReaches(
      "offers-claims-acts-and-statements-are-parts-of-pages",
      "The form of an offer is one, whoever fills it in; a claim, the record of acts and a statement look the same to each who reads them.",
      "^app/(offers|claims|acts|statement)/",
      "^app/$1/",
      "^app/domain/",
      "^app/forms/",
      "^app/ui/",
      "^app/i18n/",
    ),
    rule(
      "pages-hold-no-sql-and-no-sdk",
      "Kysely, Stripe, Sharp and Meilisearch stand behind the domain and the gateways.",
      { path: PAGES, pathNot: [TESTS, AUTH] },
      {
        path: packages("kysely", "pg", "stripe", "sharp", "meilisearch", "graphile-worker"),
        pathNot: "nothing-is-let-through",
      },
    ),
    rule(
      "domain-reaches-db-and-domain",
      "Gateways come in as arguments; only their types may be named.",
      { path: "^app/domain/", pathNot: TESTS },
      {
        path: LOCAL,
        pathNot: ["^app/domain/", "^db/(?!seed/)", "^app/gateways/"],
      },
    ),
    rule(
      "domain-takes-gateways-as-arguments",
      "Only the type of a gateway may be named in the domain.",
      { path: "^app/domain/", pathNot: TESTS },
      { path: "^app/gateways/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "domain-knows-no-framework-and-no-sdk",
      "The rules of the market outlive the web framework and the services around it.",
      { path: "^app/domain/", pathNot: TESTS },
      {
        path: packages(
          "@remix-run",
          "react",
          "react-dom",
          "hono",
          "@hono",
          "@conform-to",
          "use-intl",
          "stripe",
          "sharp",
          "meilisearch",
          "better-auth",
          "graphile-worker",
          "pg",
        ),
      },
    ),
    rule(
      "pure-rules-import-only-pure-rules",
      "Splitting fen, order states, freight and claim rules are tested as plain functions.",
      {
        path: "^app/domain/.+/(split-[^/]+|freight[^/]*|[^/]+-rules?|[^/]+-states?)\\.ts$",
        pathNot: TESTS,
      },
      {
        path: "^(app|db|search|scripts|node_modules)/",
        pathNot: "^app/domain/.+/(split-[^/]+|freight[^/]*|[^/]+-rules?|[^/]+-states?)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    ),
    onlyReaches(
      "jobs-reach-domain-search-and-gateways",
      "A job is a short call into the domain; it draws no page.",
      "^app/jobs/",
      "^app/jobs/",
      "^app/domain/",
      "^app/gateways/",
      "^app/i18n/",
      "^search/",
      "^db/(?!seed/)",
      COMPOSITION,
    ),
    onlyReaches(
      "gateways-reach-their-sdk-and-env",
      "A gateway knows a service, not the market.",
      "^app/gateways/",
      "^app/gateways/",
      "^app/(env|log)\\.ts$",
    ),
    onlyReaches(
      "search-reaches-db-and-env",
      "Search reads what is for sale; it writes nothing of the domain's.",
      "^search/",
      "^search/",
      // What crops are called, sold or not.
      "^db/seed/reference/(categories\\.json|readings\\.ts)$",
      "^app/domain/[^/]+/read-[^/]+\\.ts$",
      "^db/(?!seed/)",
      "^app/(env|log)\\.ts$",
    ),
    onlyReaches(
      "ui-holds-no-data",
      "Shared components know React and the words, nothing else.",
      "^app/ui/",
      "^app/ui/",
      "^app/i18n/",
    ),
    rule(
      "ui-knows-no-service",
      "Shared components fetch nothing.",
      { path: "^app/(ui|i18n)/", pathNot: TESTS },
      { path: packages("kysely", "pg", "stripe", "sharp", "meilisearch", "hono", "better-auth") },
    ),
    onlyReaches("i18n-stands-alone", "Words import nothing but words.", "^app/i18n/", "^app/i18n/"),
    onlyReaches(
      "db-reaches-only-env",
      "The seed alone is free: it writes its history through the domain's own verbs.",
      "^db/(?!seed/)",
      "^db/(?!seed/)",
      "^app/env\\.ts$",
    ),
    rule(
      "sql-stands-in-domain-search-and-db",
      "Queries stand in domain/<noun>/, search/ and db/; elsewhere only a type may be named.",
      { path: "^app/(?!domain/)", pathNot: [TESTS, AUTH, COMPOSITION, "^app/jobs/"] },
      { path: packages("kysely", "pg"), dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "stripe-and-sharp-stand-behind-gateways",
      "One importer of each service's SDK: the others speak the gateway's words.",
      { path: "^(app|db|search)/", pathNot: [TESTS, "^app/gateways/", "^db/seed/"] },
      { path: packages("stripe", "sharp", "@aws-sdk"), dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "meilisearch-stands-in-search",
      "The interface of search hides which engine answers.",
      { path: "^(app|db)/", pathNot: TESTS },
      { path: packages("meilisearch") },
    ),
    rule(
      "the-product-does-not-know-its-scripts",
      "Scripts and tests start the product, never the other way round.",
      { path: "^(app|db|search)/", pathNot: TESTS },
      { path: "^(scripts|tests)/" },
    ),
    rule(
      "no-test-is-imported",
      "What two tests need stands in tests/.",
      { pathNot: TESTS },
      { path: "\\.test\\.tsx?$" },
    ),
    rule(
      "no-cycles",
      "Files that need each other are one file, or three.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule(
      "no-orphans",
      "A file nobody imports and that imports nothing is dead.",
      {
        orphan: true,
        pathNot: [
          "\\.(d\\.ts|css|json)$",
          "(^|/)\\.[^/]+\\.(c|m)?js$",
          "^public/",
          "^[^/]+\\.(ts|js|mjs)$",
          "^scripts/([^/]+|start/leave-with-parent)\\.(ts|mjs)$",
          `${PAGES}`,
          // A page at the foot of the URL map that needs nothing.
          "^app/not-found\\.tsx$",
        ],
      },
      {},
    ),
    rule(
      "imports-resolve",
      "An import that leads nowhere.",
      { pathNot: "^vite\\.config\\.ts$" },
      { couldNotResolve: true, pathNot: "^(virtual:|node:sqlite)" },
    ),
    rule(
      "the-product-needs-no-development-package",
      "npm start must work from what is in dependencies.",
      { path: "^(app|db|search|scripts)/", pathNot: [TESTS, "^scripts/(test|check|db-types)"] },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|\\.data|test-results|playwright-report)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "types", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json", ".d.ts"],
    },
    cache: { folder: ".cache/dependency-cruiser", strategy: "content" },
  },
};
