// Pure: what a place is called in short, for the region list and for the search.

/** The peoples that autonomous places are named after. */
export const PEOPLES =
  "蒙古族|朝鲜族|土家族|布依族|哈尼族|景颇族|傈僳族|纳西族|拉祜族|布朗族|独龙族|普米族|裕固族|保安族|东乡族|撒拉族|" +
  "哈萨克族|柯尔克孜|哈萨克|塔吉克|蒙古|锡伯|达斡尔族|仫佬族|毛南族|仡佬族|各族|[满回苗藏彝傣白侗瑶黎畲羌水怒壮佤土]族";
const AUTONOMOUS = new RegExp(`^(.{2,}?)(?:${PEOPLES})+自治[州县旗]$`);

/** What stays of a Chinese place name without the word for its rank: 凉山彝族自治州 → 凉山. */
export function stem(nameZh: string): string {
  if (nameZh.endsWith("自治区")) return nameZh.replace(/(?:壮族|回族|维吾尔)?自治区$/, "");
  const autonomous = AUTONOMOUS.exec(nameZh)?.[1] ?? /^(.+?)族?自治[州县旗]$/.exec(nameZh)?.[1];
  if (autonomous) return autonomous;
  const short = nameZh.replace(/(?:地区|林区|特区|新区|[省市区县旗盟])$/, "");
  // 赵县 is Zhaoxian, not Zhao: a name of one syllable keeps its rank.
  return short.length < 2 ? nameZh : short;
}
