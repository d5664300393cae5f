import { type Allowed, type Limits, networkOf } from "./limits.ts";

export type ReportLimits = {
  /** Counts one report that comes from this address; refused when there were too many before. */
  countReport(address: string): Promise<Allowed>;
};

/**
 * How often reviews are reported from one network: twenty times an hour and sixty a day. Whoever
 * reports counts once for each review, but a browser that drops its cookie is somebody else.
 */
export function createReportLimits(limits: Limits): ReportLimits {
  return {
    async countReport(address) {
      const network = networkOf(address);
      const hour = await limits.use("report-network-hour", network);
      return hour.ok ? limits.use("report-network-day", network) : hour;
    },
  };
}
