import { configDefaults, defineConfig } from "vitest/config";

/** They put other modules in the place of real ones, or count what a module remembers: each in a process of its own. */
const ALONE = [
  "app/gateways/photo-store.test.ts",
  "app/gateways/spill.test.ts",
  "app/webhooks/health.test.ts",
  "db/prepare-statements.test.ts",
];

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A busy machine may take its time; what never comes is still found out.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: ["{app,db,search,scripts,tests}/**/*.test.{ts,tsx}"],
          exclude: [...configDefaults.exclude, "tests/e2e/**", ...ALONE],
          // Loading our modules anew for each file took a quarter of the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
  },
});
