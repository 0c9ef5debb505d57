"""Invented Chinese names: common, rare-character and minority ones, and the 56 ethnicities."""

from __future__ import annotations

from app.toolchain.specimens._dice import Dice
from app.toolchain.specimens._words import words

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱"
    "严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾"
    "隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮"
    "粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬"
    "逯覃逄亓仉郇蒯昝璩禚"
)
_DOUBLE = words(
    "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 东方 独孤 南宫 端木 "
    "呼延 轩辕 澹台 闻人 申屠"
)
_GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲华红建国志玉兰凤梅琴云飞鹏波斌浩宇轩梓涵欣怡"
    "雨泽博思佳嘉俊雅诗琪晨阳子墨可心语桐若曦一诺依然安琳瑶璐婷婉清雪冰莹洁倩颖慧淑贤德福贵荣昌盛兴旺"
    "富康健宁海江河山峰林森木春夏秋冬东南西北中正大小长生永立成功胜利先进才学书诗画琪瑞祥吉庆喜乐天地"
    "仁义礼智信忠孝廉和顺良善美真诚光亮新民世家邦治振启承继宏伟业绍祖耀宗克勤俭朝晖晓旭东升启航远志凌"
    "霄翔龙虎豹鹰燕莺蝶菊荷莲桃李杏柳松柏竹枫樱月星辰露霜虹彩霓珍珠宝翠玉金银铜铁钢石磊岩岭川泉溪湖"
    "洪涛澜潮汐润泽沛沐浴洁淳淑渊博达通畅顺迪凯恒毅坚刚韧锋锐钧铭镇鑫锦绣绮丝缘纯素絮纹维纲继绪"
)
_RARE = (
    "喆堃犇淼翀赟燚珺瑀玥垚焱骉掱飍晟昱昊暄曈昕晗晞曌翊翎羿奕弈懿祎禕祺禛禧筠筱箐篪菡菁蕤薇蘅芃芊芮苡"
    "茜茗荃荻莞莳萱葳蓁蕊蕙旻旸昇昀昳晁晔晖暐煜煊烨烜熠熙焜炜炘炫炅琰琬琛琚琨琮瑄瑗瑛瑜瑾璇璟璞璠瓒瓘"
    "珂珏珑珩珮珣玮玟玘玢皓皛皞湉湜沄沅沚泓泠洺浛浠涓涔淏淇渲湛湲滢漪潇澍濂灏瀚瀛鸢鹂鹄鹭麒麟骁骐骞骥"
    "妍妤姝娅娉娴婧婵媛嫣嬿孜孚尧岚峥崟嵘嵩巍帆彤彧彬徽忻怿恺悦惟愔愫慜憬戬扬斐昶朔杬枘柃栩桉桢梣棠棣"
    "椿楠楹榕槿樾橙檀歆泽炯烁焓珈珞琎琤瑢璐璨瓴甯畅皎盈睿瞳祐祯禾秭稷窈竑竣笙笛箫簌粲纭绚绯绾翾聪肇胤"
    "舸艺芷苒苓若莘菀萤萩葆蓓蔚薰蘭虔袆裕褀觅訚谦贇赫轶辂逸邈郗郦鄞酉钊钰钲铖铠铤锴锶镕镠闳闿阗阖隽霁"
    "霂霏靓靖韫韬韶颀颉颢飒馥骅骎魁鲲鸿麾黛黠龑叕㛃䶮"
)
_MINORITY_FIRST = words(
    "买买提 艾力 阿依古丽 古丽娜尔 吐尔逊 阿卜杜热合曼 努尔买买提 帕提古丽 热依汗 玉素甫 "
    "麦麦提 阿迪力 迪丽努尔 木合塔尔 阿孜古丽 再努尔 库尔班 依布拉音 沙吾提 哈力克 "
    "布合丽其"
)
_MINORITY_FATHER = words(
    "艾力 吐尔逊 买买提 阿不都拉 玉山 肉孜 依明 卡迪尔 热合曼 司马义 阿布力孜 托合提 "
    "尼亚孜 赛买提 加帕尔 马木提 吾甫尔"
)
_TIBETAN = words(
    "扎西 卓玛 次仁 多吉 旺堆 央金 格桑 平措 德吉 白玛 尼玛 边巴 拉姆 索朗 洛桑 顿珠 达瓦 "
    "仁青 曲珍 丹增"
)
_MONGOL = words(
    "巴特尔 其其格 乌云 苏日娜 那日苏 格日勒 图雅 萨仁 娜仁花 宝音 朝鲁 哈斯 阿拉坦 塔娜 "
    "斯琴 额尔敦 敖登 吉日嘎拉 呼格吉勒"
)

ETHNICITIES = words(
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 "
    "阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 "
    "门巴 珞巴 基诺"
)
"""GB/T 3304, names without 族, in the order of its codes."""

_DOTTED = ("维吾尔", "哈萨克", "柯尔克孜", "塔吉克", "乌孜别克", "塔塔尔")


def ethnicity(dice: Dice) -> str:
    """Return one of the 56, Han about every other time."""
    return "汉" if dice.chance(0.5) else dice.pick(ETHNICITIES)


def person_name(dice: Dice, people: str = "汉") -> str:
    """Invent a name as the given people would write it in Chinese."""
    if people in _DOTTED and dice.chance(0.85):
        return f"{dice.pick(_MINORITY_FIRST)}·{dice.pick(_MINORITY_FATHER)}"
    if people in ("藏", "门巴", "珞巴") and dice.chance(0.8):
        return "".join(dice.some(_TIBETAN, dice.whole(1, 2)))
    if people in ("蒙古", "达斡尔", "鄂温克") and dice.chance(0.6):
        return dice.pick(_MONGOL)
    surname = dice.pick(_DOUBLE) if dice.chance(0.05) else dice.pick(_SURNAMES)
    count = 1 if dice.chance(0.18) else 2
    if dice.chance(0.01):
        count = 3
    pool = _RARE if dice.chance(0.28) else _GIVEN
    given = dice.pick(pool) + "".join(dice.pick(_GIVEN) for _ in range(count - 1))
    if count == 2 and dice.chance(0.5):
        given = given[::-1]
    return surname + given
