"""The syllables of pinyin without tones, and the surnames most Chinese bear."""

from __future__ import annotations

from functools import lru_cache

from glossary.lazy_pattern import lazy

_SYLLABLE = (
    r"(?:(?:[bpm](?:a|o|i|u|ai|ei|ao|an|en|in|ang|eng|ing|ie|iao|ian)|m(?:e|iu|ou)|pou|f(?:a|o|ei|an|en|ang|eng|ou|u)"
    r"|[dtnl](?:a|e|ai|ei|ao|ou|an|ang|eng|ong|i|ie|iao|ian|ing|u|uo|uan)|d(?:ui|un|iu|en|ia)|t(?:ui|un)"
    r"|[nl](?:iu|in|iang|v|ve|ue)|l(?:ia|un|o)|nen|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)"
    r"|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)"
    r"|(?:zh|ch|sh|[rzcs])(?:i|e|ai|ao|ou|an|en|ang|eng|ong|u|uo|ui|uan|un)|(?:zh|ch|sh|z|c|s)a|(?:zh|sh|z)ei"
    r"|(?:zh|ch|sh|r)ua|(?:zh|ch|sh)(?:uai|uang)|y(?:a|e|ao|ou|an|in|ang|ing|i|u|ue|uan|un|ong)"
    r"|w(?:a|o|ai|ei|an|en|ang|eng|u)|a|o|e|ai|ei|ao|ou|an|en|ang|er))"
)
_ONE = lazy(_SYLLABLE)
_WORD = lazy(rf"{_SYLLABLE}{{1,4}}")

SURNAMES = frozenset(
    "ai an bai bao bi bian bu cai cao cen chai chang chao che chen cheng chi chu cui dai deng di ding dong dou du duan fan "
    "fang fei feng fu gan gao ge geng gong gou gu guan guo hai han hao he hong hou hu hua huang huo ji jia jian jiang jiao "
    "jin jing ju kang ke kong kuang lai lan lang lao lei li lian liang liao lin ling liu long lou lu luan luo lv lyu ma mai "
    "man mao mei meng mi miao min mo mu na nan ni nie ning niu ou ouyang pan pang pei peng pi ping pu qi qian qiang qiao qin "
    "qiu qu quan que ran rao ren rong ruan sang sha shan shang shao shen sheng shi shu si sima song su sui sun tan tang tao "
    "teng tian tong tu wan wang wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue yan yang yao ye yi yin "
    "ying you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu zhuang zhuo zong zou zu zuo".split()
)

SURNAME_READINGS = {
    "仇": "qiu", "单": "shan", "解": "xie", "查": "zha", "曾": "zeng", "翟": "zhai", "覃": "qin", "缪": "miao", "乐": "yue",
    "盖": "ge", "朴": "piao", "区": "ou",
}  # fmt: skip
"""Characters that are read otherwise as surnames than in words."""


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether a folded word is one syllable of pinyin."""
    return len(word) <= 6 and _ONE.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def is_pinyin(word: str) -> bool:
    """Whether a folded word is one to four syllables of pinyin."""
    return len(word) <= 24 and _WORD.fullmatch(word) is not None
