/**
 * How buyers write what the seed sells, put together by hand: the bench must not ask the index's
 * own lists what it should find.
 */
export type Spoken = {
  /** As a dictionary writes it. */
  names: string[];
  /** What it is called elsewhere. */
  synonyms: string[];
  english: string[];
  pinyin: string[];
  initials: string[];
  /** Slips of the keys in English or pinyin. */
  typos: string[];
  traditional: string[];
  /** Characters an input method offers first, or that many take for the right ones. */
  wrong: string[];
};

/** A line each: the code, then the ways above in their order, ";" between, "|" between words. */
function spoken(table: string): Record<string, Spoken> {
  const lines = table.trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [code = "", ...ways] = line.split(";").map((cell) => cell.trim());
      const words = ways.map((way) => way.split("|").filter(Boolean));
      const [names = [], synonyms = [], english = [], pinyin = [], ...rest] = words;
      const [initials = [], typos = [], traditional = [], wrong = []] = rest;
      return [code, { names, synonyms, english, pinyin, initials, typos, traditional, wrong }];
    }),
  );
}

/** Of the seed's crops, by category. */
export const crops = spoken(`
apple ; 苹果 ;  ; apple|apples ; pingguo|ping guo ; pg ; aplle|appel|pingugo|pinguo ; 蘋果 ; 平果|萍果|苹菓
sichuan-pepper ; 花椒 ; 川椒|麻椒 ; sichuan pepper ; huajiao ; hj ; sichaun pepper|huajaio ;  ; 花交|花胶
walnut ; 核桃 ; 胡桃 ; walnut|walnuts ; hetao|he tao ; ht ; wallnut|walnt|hetoa ;  ; 合桃|核挑
potato ; 土豆 ; 洋芋|马铃薯|山药蛋 ; potato|potatoes ; tudou|malingshu|yangyu ; mls ; potatoe|potaot|tudoou|malinshu ; 馬鈴薯|土荳 ; 土逗|洋玉|马玲薯
buckwheat ; 苦荞|荞麦 ; 苦荞麦 ; buckwheat ; kuqiao|qiaomai ;  ; buckweat|bukwheat|qiaomia ; 苦蕎|蕎麥 ; 苦乔|乔麦
kidney-bean ; 芸豆 ; 花豆|腰豆 ; kidney bean|kidney beans ; yundou ; yd|byd ; kidny beans|yundoou ; 蕓豆 ; 云豆
morel ; 羊肚菌 ; 羊肚菇 ; morel|morels ; yangdujun ; ydj|yd ; morrel|yangdujn ;  ; 羊肚军|洋肚菌
radish ; 萝卜 ; 莱菔 ; radish ; luobo ; lb ; raddish|loubo ; 蘿蔔 ; 罗卜|箩卜
honey ; 蜂蜜 ; 土蜂蜜|蜂糖 ; honey ; fengmi|tufengmi ; fm ; honney|fengmii ;  ; 峰蜜|蜂密
wood-ear ; 木耳 ; 黑木耳|云耳 ; wood ear ; muer|heimuer ; hme ; wod ear|heimeur ; 雲耳 ; 木儿|未耳
lily-bulb ; 百合 ; 鲜百合 ; lily bulb|lily bulbs ; baihe ; bh ; lilly bulb|baieh ; 鮮百合 ; 百和|白合
noodles ; 挂面 ; 面条 ; noodles ; guamian|miantiao ; gm ; noodels|guamain ; 掛麵|麵條 ; 卦面|挂棉
garlic ; 大蒜 ; 蒜头 ; garlic ; dasuan|suantou ; ds ; garlick|galric|dasaun ; 蒜頭 ; 大算|打蒜
persimmon ; 柿子 ; 红柿 ; persimmon|persimmons ; shizi ;  ; persimon|persimmmon ; 紅柿 ; 市子|柿籽
orange ; 脐橙|橙子 ; 甜橙 ; orange|oranges ; qicheng|chengzi ; qc ; ornage|orenge|qichegn ; 臍橙 ; 齐橙|脐澄|橙籽
mandarin ; 柑橘|蜜桔 ; 橘子|桔子 ; mandarin|tangerine ; ganju|miju|juzi ; gj ; mandrin|tangarine ;  ; 柑菊|密桔
pomelo ; 柚子|蜜柚 ; 文旦 ; pomelo|pomelos ; youzi|miyou ; yz ; pomello|pomleo ;  ; 右子|密柚|袖子
kiwi ; 猕猴桃 ; 奇异果 ; kiwi|kiwi fruit ; mihoutao|qiyiguo ; mht ; mihuotao|mihoutoa ; 獼猴桃|奇異果 ; 弥猴桃|迷猴桃|猕候桃
shiitake ; 香菇 ; 冬菇|花菇 ; shiitake ; xianggu|donggu ; xg|dg ; shitake|shiitaki|xainggu ;  ; 香姑|香茹
sweet-potato ; 红薯 ; 地瓜|番薯|红苕|山芋|甘薯|白薯 ; sweet potato|sweet potatoes ; hongshu|digua|fanshu ; dg ; sweet potatoe|swet potato|hongsuh ; 紅薯|紅苕 ; 红署|蕃薯|地刮
ginger ; 生姜|小黄姜 ; 老姜 ; ginger ; shengjiang|xiaohuangjiang ; xhj ; gingger|shengjaing ; 生薑|小黃薑 ; 生江|小黄江
tea ; 茶叶|绿茶 ; 茗茶 ; tea|green tea ; chaye|lvcha ; cy ; chayee|greeen tea ; 茶葉|綠茶 ; 茶页|录茶|荼叶
bamboo-shoot ; 竹笋|冬笋 ; 春笋 ; bamboo shoot|bamboo shoots ; zhusun|dongsun ; ds ; bambo shoot|bamboo shoott|dongsnu ; 竹筍|冬筍 ; 竹损|东笋
camellia-oil ; 山茶油|茶油 ; 茶籽油 ; camellia oil ; shanchayou|chayou ; scy|cy ; camelia oil|shancahyou ;  ; 山查油|茶由
egg ; 鸡蛋|土鸡蛋 ; 柴鸡蛋 ; egg|eggs ; jidan|tujidan ; tjd ; jiadn|tujiadn ; 雞蛋|土雞蛋 ; 几蛋|鸡旦
`);

/** Of the seed's counties, by region. */
export const counties = spoken(`
513423 ; 盐源|盐源县 ;  ; Yanyuan ; yanyuan ;  ; yanyaun|yanyuna ; 鹽源 ; 言源|盐原
621226 ; 礼县 ;  ; Lixian ; lixian ; lx ; lixain ; 禮縣 ; 里县|礼现
360734 ; 寻乌|寻乌县 ;  ; Xunwu ; xunwu ; xw ; xunuw|xuwnu ; 尋烏 ; 寻屋|巡乌
`);

/** Of the seed's villages, as listings write them. */
export const villages = spoken(`
树河镇 ; 树河镇|树河 ;  ; Shuhe ; shuhe ;  ; shuhee ; 樹河 ; 数河
卫城镇 ; 卫城镇|卫城 ;  ; Weicheng ; weicheng ;  ; weichegn ; 衛城鎮 ; 为城
梅雨镇 ; 梅雨镇 ;  ; Meiyu ; meiyuzhen ;  ; meiyuzhne ; 梅雨鎮 ; 霉雨镇
白乌镇 ; 白乌镇|白乌 ;  ; Baiwu ; baiwu ;  ; baiuw ; 白烏鎮 ; 百乌
盐官镇 ; 盐官镇 ;  ;  ; yanguanzhen ;  ; yanguanzhne ; 鹽官鎮 ; 盐关镇
永兴镇 ; 永兴镇|永兴 ;  ; Yongxing ; yongxing ;  ; yongxign ; 永興鎮 ; 永新镇|咏兴
红河镇 ; 红河镇|红河 ;  ; Honghe ; honghe ;  ; hongheh ; 紅河鎮 ; 洪河
宽川镇 ; 宽川镇|宽川 ;  ; Kuanchuan ; kuanchuan ;  ; kuanchaun ; 寬川 ; 宽穿
南桥镇 ; 南桥镇|南桥 ;  ; Nanqiao ; nanqiao ;  ; nanqioa ; 南橋 ; 南乔
吉潭镇 ; 吉潭镇|吉潭 ;  ; Jitan ; jitan ;  ; jitna ;  ; 吉谭
澄江镇 ; 澄江镇|澄江 ;  ; Chengjiang ; chengjiang ;  ; chengjaing ;  ; 橙江|呈江
桂竹帽镇 ; 桂竹帽镇|桂竹帽 ;  ; Guizhumao ; guizhumao ;  ; guizhumoa ;  ; 贵竹帽
`);

/** Parts of the seed's titles, which stand in no list of crops. */
export const titleParts = (
  "丑苹果 红富士 青苹果 王林 花牛 薄壳核桃 薄壳 清香核桃 红皮土豆 红皮 黄心土豆 黄心 黑苦荞 白芸豆 圆根 " +
  "百花 大红袍 黑木耳 秦岭 空心挂面 手工 紫皮 火晶 赣南 蜜桔 红心蜜柚 红心 椴木 客家 小黄姜 黄姜 高山绿茶 鲜冬笋 山地"
).split(" ");

/** What buyers call a certificate, by its kind. */
export const certificates: Record<string, string[]> = {
  green: ["绿色食品", "綠色食品", "green food"],
  organic: ["有机", "有機", "organic"],
  origin: ["地理标志", "农产品地理标志", "地理標誌", "geographical indication"],
  pledge: ["合格证", "承诺达标合格证", "certificate of compliance"],
};

/** The seed's cooperatives, and what people make of their names. */
export const cooperatives: Record<string, string[]> = {
  盐源高山苹果合作社: ["盐源高山苹果合作社", "高山苹果合作社", "高山合作社", "盐源高山合作社"],
  梅雨河谷农产合作社: ["梅雨河谷农产合作社", "梅雨河谷合作社", "河谷农产合作社"],
  礼县花牛苹果合作社: ["礼县花牛苹果合作社", "花牛苹果合作社", "花牛合作社", "花牛专业合作社"],
  盐官山货合作社: ["盐官山货合作社", "山货合作社"],
  寻乌脐橙合作社: ["寻乌脐橙合作社", "寻乌脐橙专业合作社"],
  东江源果蔬合作社: ["东江源果蔬合作社", "东江源合作社"],
};

/** Crops of which one character says enough behind a place. */
export const ofOneCharacter: Record<string, string> = {
  ...{
    椒: "sichuan-pepper",
    蜜: "honey",
    蒜: "garlic",
    柿: "persimmon",
    橙: "orange",
    桔: "mandarin",
  },
  ...{ 橘: "mandarin", 柚: "pomelo", 姜: "ginger", 茶: "tea", 笋: "bamboo-shoot", 蛋: "egg" },
};

/** What buyers call a grade. */
export const grades: Record<string, string[]> = {
  premium: ["特级", "特等"],
  first: ["一级", "一等"],
  second: ["二级", "二等"],
};
