"""Traditional forms that a recogniser gives for simplified print, and their simplified twins."""

from __future__ import annotations

from app.documents._span import Glyph, Span, chosen
from app.vocabulary import Alternative

_TRADITIONAL = (
    "涼項華國車駕機動黃廂證號碼時間門開關東馬鳥魚龍鳳風雲電話經營範圍業務員財產稅額價發貨買賣銷貿興實"
    "驗術設計與製運輸農莊園縣鄉鎮區廳廠處戶單樓層內網絡軟體資訊諮詢顧問廣場頭條達進遠連過還邊選遷"
    "遼寧蘇滬粵閩陝隴貴雙廬濟瀋陽陰隊階際陸陳張楊劉趙吳鄭錢孫蔣韓馮許呂鍾羅蕭葉蘭蘋藝藥蓋蓮薩薊銀"
    "鐵鋼錫鋒鑒鎖鏡鐘鍋長閘閣闊陣隨險顯靜頂順預領題顏願類飛飯飲館養餘駐驛騰驚魯鮮鷹麗麥齊齡龜個們"
    "倉備債傑傘優億兒冊冑凍劃剛創劇劑勝勞勢勵勁匯協卻壇壓壘墳壩聲壯夢夾奧奪婦媽學寶審寫將專尋對導"
    "屆島嶺巖師帶幣幫庫廈廟彎強彈彙後徑從復徵態慶憲應懷懸戲戰撲據擁擇擔換攝擴數斷晉曉書會極構榮樂"
    "樣樹橋檔檢櫃歐歡歲歷殘殺氣決沖漢潔灣滿漁測準溝溫滅滾潤澤濱濕瀏灘爐爭爾牆狀獎獨獲現瑪環畢畫異"
    "當療癥監盤盧眾礎礦禮禪種穩積稱窩競筆節築簡簽籃籌糧糾紀約紅純紙級細終組結給統絲綠維綱緣編線練"
    "縱總績織繞繼續罰聖聯職聞腦臨臺舊艙艦蔔虛蟲補裝裡見規視覺觀觸訂記訪訴評詞試詩該誠認語說調請諸"
    "謝護讀變讓豐貝負責貧貫貸費賀賓賞賢賬質賴賽趕跡軌軍較載輔輕輛輝輪辦邏郵釋針鈴鉛銘鋪錄鍵"
)
_SIMPLIFIED = (
    "凉项华国车驾机动黄厢证号码时间门开关东马鸟鱼龙凤风云电话经营范围业务员财产税额价发货买卖销贸兴实"
    "验术设计与制运输农庄园县乡镇区厅厂处户单楼层内网络软体资讯咨询顾问广场头条达进远连过还边选迁"
    "辽宁苏沪粤闽陕陇贵双庐济沈阳阴队阶际陆陈张杨刘赵吴郑钱孙蒋韩冯许吕钟罗萧叶兰苹艺药盖莲萨蓟银"
    "铁钢锡锋鉴锁镜钟锅长闸阁阔阵随险显静顶顺预领题颜愿类飞饭饮馆养余驻驿腾惊鲁鲜鹰丽麦齐龄龟个们"
    "仓备债杰伞优亿儿册胄冻划刚创剧剂胜劳势励劲汇协却坛压垒坟坝声壮梦夹奥夺妇妈学宝审写将专寻对导"
    "届岛岭岩师带币帮库厦庙弯强弹汇后径从复征态庆宪应怀悬戏战扑据拥择担换摄扩数断晋晓书会极构荣乐"
    "样树桥档检柜欧欢岁历残杀气决冲汉洁湾满渔测准沟温灭滚润泽滨湿浏滩炉争尔墙状奖独获现玛环毕画异"
    "当疗症监盘卢众础矿礼禅种稳积称窝竞笔节筑简签篮筹粮纠纪约红纯纸级细终组结给统丝绿维纲缘编线练"
    "纵总绩织绕继续罚圣联职闻脑临台旧舱舰卜虚虫补装里见规视觉观触订记访诉评词试诗该诚认语说调请诸"
    "谢护读变让丰贝负责贫贯贷费贺宾赏贤账质赖赛赶迹轨军较载辅轻辆辉轮办逻邮释针铃铅铭铺录键"
)
SIMPLIFIED = dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))


def simplified(span: Span) -> Span:
    """Choose the simplified form wherever the recogniser offers it beside the traditional one.

    The documents of the People's Republic are printed in simplified characters (国家通用语言文字法,
    article 9), so both candidates say the same and their probabilities add up.
    """
    return Span(tuple(_simplified(glyph, adds_up=True) for glyph in span.glyphs))


def simplified_name(span: Span) -> Span:
    """Choose the simplified form in a name, where it is a guess: names may keep an old form."""
    return Span(tuple(_simplified(glyph, adds_up=False) for glyph in span.glyphs))


def _simplified(glyph: Glyph, *, adds_up: bool) -> Glyph:
    twin = SIMPLIFIED.get(glyph.text)
    offered = next((each for each in glyph.candidates if each.text == twin), None)
    if offered is None:
        return glyph
    score = offered.score + (glyph.candidates[0].score if adds_up else 0.0)
    return chosen(glyph, Alternative(offered.text, min(1.0, score)))
