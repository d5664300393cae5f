/**
 * Traditional characters that stand in the names of produce, places and families, each before the
 * one that mainland China writes instead; and some that differ there alone, as 菓 and 荳 do.
 */
const PAIRS =
  "蘋苹紅红雞鸡鷄鸡鴨鸭鵝鹅魚鱼豬猪馬马鈴铃蘿萝蔔卜葉叶綠绿黃黄薑姜蔥葱筍笋麵面麪面掛挂蕎荞麥麦雲云蕓芸獼猕" +
  "臍脐檸柠鳳凤龍龙蘭兰蓮莲棗枣蓴莼蘆芦薺荠莧苋葷荤糧粮穀谷豐丰農农莊庄縣县鎮镇鄉乡區区鹽盐樹树橋桥興兴" +
  "衛卫烏乌尋寻禮礼寬宽涼凉貴贵廣广東东陝陕肅肃寧宁遼辽內内臺台灣湾鮮鲜乾干幹干臘腊滷卤醬酱醃腌藥药參参" +
  "當当歸归黨党膠胶貝贝靈灵銀银針针頭头條条絲丝塊块餅饼漿浆釀酿級级純纯淨净無无機机種种養养產产現现熱热" +
  "買买賣卖個个裝装優优質质選选戶户島岛嶺岭溝沟灘滩關关陽阳陰阴開开長长風风鳥鸟龜龟鱉鳖蝦虾蠶蚕蟲虫圓圆" +
  "團团園园國国華华藍蓝櫻樱楊杨欖榄檳槟楓枫萵莴薹苔蕪芜薈荟蔞蒌葦苇薩萨趙赵謝谢鍾钟鐘钟淩凌賴赖羅罗張张" +
  "陳陈劉刘吳吴孫孙許许鄧邓馮冯鄭郑蔣蒋盧卢蘇苏譚谭範范韓韩萬万顧顾賀贺龔龚嚴严閻阎喬乔賈贾鄒邹錢钱湯汤" +
  "兩两雙双單单號号點点裏里裡里們们這这還还來来嗎吗請请問问鹹咸鬆松軟软殼壳細细濕湿凍冻溫温氣气遠远過过" +
  "運运達达週周菓果荳豆粵粤壩坝壽寿實实嶽岳巖岩峽峡時时曬晒會会樣样樂乐極极標标歡欢歲岁滿满漢汉濟济燈灯" +
  "爐炉爾尔犛牦獨独環环甕瓮畝亩發发皺皱盤盘眾众碩硕籃篮紹绍紙纸綿绵網网線线總总織织罈坛義义習习聖圣聯联" +
  "腳脚腸肠舊旧蠟蜡術术見见觀观訂订記记誠诚說说調调豔艳貨货費费資资賞赏連连邊边鄰邻釣钓鐵铁鋪铺錦锦鍋锅" +
  "門门閩闽際际隨随雜杂離离難难電电霧雾頂顶順顺預预類类顆颗飯饭飲饮餃饺館馆駝驼騾骡驢驴鬚须魯鲁鯉鲤鰱鲢" +
  "誌志認认證证諾诺" +
  "鱔鳝鱸鲈鴿鸽鵪鹌鶉鹑麗丽黴霉齊齐齡龄龐庞濱滨潔洁澤泽瀘泸灤滦盞盏礦矿稜棱稻稻窩窝竈灶箏筝籠笼納纳";

const characters = [...PAIRS];
const simplified = new Map(
  characters.flatMap((character, at): [string, string][] =>
    at % 2 === 0 ? [[character, characters[at + 1] ?? character]] : [],
  ),
);

/** "鹽源蘋果" as "盐源苹果"; what is simplified already, and what is not in the list, stays. */
export function simplify(text: string): string {
  return text.replace(/\p{Script=Han}/gu, (character) => simplified.get(character) ?? character);
}
