"""Chinese phrases that may be terms: runs of jieba's words without function words, verbs of all work and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from checker.bitext import Span
from checker.phrases.counts import Sighting
from checker.script import HAN
from glossary.folding import fold_characters
from glossary.lazy_pattern import lazy

LONGEST_WORDS = 5
SHORTEST, LONGEST = 3, 10  # characters
_RUN = lazy(f"[{HAN}]{{2,}}")
_STOP = frozenset(
    "的 了 和 与 省 市 县 区 镇 及 或 在 对 为 以 于 将 把 被 是 有 不 要 等 并 由 从 到 向 中 上 下 内 外 后 前 其 该 各 这 那 我们 进行 "
    "开展 推进 加强 做好 按照 通过 根据 关于 以及 实现 提高 促进 推动 全面 进一步 坚持 落实 完善 建立 健全 一 二 三 四 五 六 "
    "七 八 九 十 个 年 月 日 元 名 所 家 项 次 也 都 就 还 但 而 则 可 能 会 应 应当 可以 已 已经 更 最 不断 积极 切实 认真 "
    "同时 此外 其中 目前 今年 去年 之 得 地 着 过 给 让 使 用 做 至 自 每 某 均 共 约 近 达 达到 超过 以上 以下 左右 "
    "成为 作为 具有 提供 提升 强化 深化 加快 加大 继续 逐步 有关 相关 部分 主要 重要 一定 必须 需要 能够 他们 她 他 它 自己 "
    "本 全 全市 全省 全县 全区 全国 我市 我省 我县 我国 本市 本省 方面 情况 问题 工作 以来 期间 时间 万 亿 百 千 "
    "称 说 表示 介绍 记者 据 来源 印发 发布 下发 实施 组织 给予 包括 涉及 属于 没有 避免 防止 确保 保证 保持 形成 形式 得到".split()
)
_NO_TERM = frozenset("nr nrt nrfg ns t f r c p u ud ug uj ul uv uz d m mq q y e o z zg".split())
"""Tags of jieba's dictionary: names of people and places, times, numbers, words that only join others."""
_NAMES = frozenset("nr nrt nrfg ns".split())
_NO_END = frozenset(["a", "ad", "b", "vd", "vi", "s"])


def is_chinese_text(text: str) -> bool:
    """Whether a text is Chinese rather than English."""
    han = sum(len(match.group()) for match in _RUN.finditer(text))
    return han > sum(char.isascii() and char.isalpha() for char in text) / 3


def chinese_phrases(text: str, known: Sequence[Span]) -> Iterator[tuple[Sighting, int]]:
    """``(phrase, offset)`` of the runs of words that may be terms; the units are characters.

    Those that cut through one of the ``known`` spans or stand inside one are left out.
    """
    from checker.segmenter import cutter, tags

    cut, tag = cutter(), tags()
    folded = fold_characters(text)
    owner = {place: span for span in known for place in range(*span)}
    for match in _RUN.finditer(folded):
        words = list(_words(cut, tag, folded, match.span(), owner))
        for first, (_, start, _, _) in enumerate(words):
            for last in range(first, min(first + LONGEST_WORDS, len(words))):
                _, _, end, good = words[last]
                if not good or end - start > LONGEST:
                    break
                run = words[first : last + 1]
                holds = any(owner.get(begin) == (begin, stop) for _, begin, stop, _ in run)
                if (
                    end - start < SHORTEST
                    or (holds and len(run) == 1)
                    or tag.get(run[-1][0]) in _NO_END
                    or _is_bare(run)
                ):
                    continue
                before, after = folded[max(0, start - 1) : start], folded[end : end + 1]
                free = (first == 0 or not words[first - 1][3]) and (last + 1 == len(words) or not words[last + 1][3])
                units, shown = tuple(folded[start:end]), text[start:end]
                yield Sighting(units, shown, free, known=holds, before=before, after=after), start


def _words(
    cut: Callable[[str], list[str]], tag: Mapping[str, str], text: str, run: Span, owner: Mapping[int, Span]
) -> Iterator[tuple[str, int, int, bool]]:
    """The words of a run with their spans, a known term being one word, and whether each may be part of a term."""
    place, end = run
    while place < end:
        span = owner.get(place)
        if span is not None:
            yield text[slice(*span)], *span, True
            place = span[1]
            continue
        stop = next((p for p in range(place, end) if p in owner), end)
        for word in cut(text[place:stop]):
            yield word, place, place + len(word), _may_be_part(word, tag)
            place += len(word)


def _may_be_part(word: str, tag: Mapping[str, str]) -> bool:
    kind = tag.get(word)
    return word not in _STOP and (kind not in _NO_TERM or (len(word) == 1 and kind in _NAMES))


def _is_bare(words: Sequence[tuple[str, int, int, bool]]) -> bool:
    """Whether a run is mostly single characters: a name or what the dictionary does not have."""
    single = sum(len(word) == 1 for word, _, _, _ in words)
    return single > 1 and 2 * single > len(words)
