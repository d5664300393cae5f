export type DemoPerson = {
  role: "farmer" | "buyer" | "manager" | "bookkeeper" | "officer" | "operator";
  /** The cooperative whose people she belongs to, by slug. */
  cooperative?: string;
  phone: string;
  /** Where she lands after signing in. */
  home: string;
};

// Numbers of a range that no carrier gives out.
export const demoPeople: readonly DemoPerson[] = [
  { role: "farmer", cooperative: "yanyuan", phone: "+8610000000001", home: "/farm" },
  { role: "buyer", phone: "+8610000000002", home: "/" },
  { role: "manager", cooperative: "yanyuan", phone: "+8610000000003", home: "/coop" },
  { role: "manager", cooperative: "lixian", phone: "+8610000000004", home: "/coop" },
  { role: "officer", cooperative: "yanyuan", phone: "+8610000000005", home: "/relief" },
  { role: "officer", cooperative: "lixian", phone: "+8610000000006", home: "/relief" },
  { role: "farmer", cooperative: "lixian", phone: "+8610000000008", home: "/farm" },
  { role: "farmer", cooperative: "xunwu", phone: "+8610000000009", home: "/farm" },
  { role: "manager", cooperative: "xunwu", phone: "+8610000000010", home: "/coop" },
  { role: "officer", cooperative: "xunwu", phone: "+8610000000011", home: "/relief" },
  { role: "farmer", cooperative: "meiyu", phone: "+8610000000012", home: "/farm" },
  { role: "manager", cooperative: "meiyu", phone: "+8610000000013", home: "/coop" },
  // Each cooperative's second person for money: who prepares a payout run cannot approve it.
  { role: "bookkeeper", cooperative: "yanyuan", phone: "+8610000000014", home: "/coop" },
  { role: "bookkeeper", cooperative: "lixian", phone: "+8610000000015", home: "/coop" },
  { role: "bookkeeper", cooperative: "xunwu", phone: "+8610000000016", home: "/coop" },
  { role: "bookkeeper", cooperative: "meiyu", phone: "+8610000000017", home: "/coop" },
  { role: "operator", phone: "+8610000000007", home: "/operations" },
];

export function demoUserId(person: DemoPerson): string {
  return `demo-${person.phone.slice(-4)}`;
}
