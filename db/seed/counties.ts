import { lixian } from "./counties/lixian.ts";
import { xunwu } from "./counties/xunwu.ts";
import { yanyuan } from "./counties/yanyuan.ts";
import type { SeedCounty } from "./county.ts";

// Three counties that were on the national list of poor counties and left it by 2020, and what
// they grow. Every cooperative, household and person here is made up.
export const counties: readonly SeedCounty[] = [yanyuan, lixian, xunwu];
