"""A Chinese text and its English version made of sentences of our own, with the truth of which belong together."""

from __future__ import annotations

import random
from dataclasses import dataclass

PLACES = [
    ("清河县", "Qinghe County"), ("云阳区", "Yunyang District"), ("平江市", "Pingjiang City"), ("石门镇", "Shimen Town"),
    ("临川县", "Linchuan County"), ("安远县", "Anyuan County"), ("长宁区", "Changning District"),
]  # fmt: skip
ITEMS = [
    ("医联体", "medical consortium"), ("家庭医生签约服务", "contracted family doctor services"),
    ("分级诊疗", "tiered diagnosis and treatment"), ("乡镇卫生院", "township health center"),
    ("医保基金", "medical insurance fund"), ("村卫生室", "village clinic"), ("公立医院", "public hospital"),
    ("远程医疗", "telemedicine"), ("基本药物", "essential medicines"), ("医疗救助", "medical assistance"),
]  # fmt: skip
TEMPLATES = [
    ("截至去年底，{zh}共有{n}名医生参加了{tz}工作。", "By the end of last year, {n} doctors in {en} had taken part in the work on {te}."),
    ("{zh}投入{w}万元，用于改善{tz}的设备。", "{en} spent {w0} yuan on better equipment for the {te}."),
    ("患者满意度达到{p}%，比上年提高{q}个百分点。", "Patient satisfaction reached {p} percent, up by {q} percentage points from the year before."),
    ("老人们都说，看病比以前方便多了。", "The old people all say that seeing a doctor is far easier than it used to be."),
    ("会议要求各部门密切配合，抓好落实。", "The meeting asked all departments to work closely together and see the plans through."),
    ("他每天早上骑着电动车走村串户，给乡亲们量血压。", "Every morning he rides his electric scooter from village to village to take people's blood pressure."),
    ("为了解决人手不足的问题，{zh}面向社会招聘了{n}人。", "To make up for the shortage of staff, {en} hired {n} people on the open market."),
    ("{tz}是这项改革的重点。", "The {te} is the focus of this reform."),
    ("过去，病人要坐两个小时的车才能到县城。", "In the past, patients had to sit in a bus for two hours to reach the county seat."),
    ("如今，在家门口就能做CT检查，结果很快传到上级医院。", "Today a CT scan can be done close to home, and the result soon reaches a higher-level hospital."),
    ("按DRG付费的病例占{p}%。", "Cases paid by DRG make up {p} percent."),
    ("护士长每周组织一次培训，内容包括急救和护理。", "The head nurse holds a training session every week on first aid and nursing."),
    ("{zh}的负责人介绍，下一步将继续推进{tz}建设，让群众得到实惠。", "The head of {en} said that the next step is to carry on developing the {te} for the benefit of the people."),
    ("这里的药品价格平均下降了{p}%，每年为群众节省{w}万元。", "Drug prices here fell by {p} percent on average, which saves people {w0} yuan a year."),
    ("记者在现场看到，大厅里秩序井然。", "On the spot, the reporter saw that all was in good order in the hall."),
    ("新楼有{n}张床位，预计明年投入使用。", "The new building has {n} beds and should open next year."),
    ("当地还建立了考核制度，结果与收入挂钩。", "A system of assessment was also set up, with results that count toward pay."),
    ("村民王大爷今年七十多岁，患有高血压。", "A villager in his seventies, known as Grandpa Wang, has high blood pressure."),
]  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Both texts, and for each sentence its span and the number of its paragraph."""

    english: str
    chinese: str
    english_sentences: list[tuple[int, int, int]]
    chinese_sentences: list[tuple[int, int, int]]


def make_pair(paragraphs: int = 110, missing: float = 0.0, seed: int = 1) -> Pair:
    """A pair of about three sentences a paragraph; ``missing`` is the share of paragraphs left out on each side.

    One sentence in twelve is joined to the one before in English, and one in twelve is split.
    """
    chance = random.Random(seed)
    english: list[tuple[int, list[str]]] = []
    chinese: list[tuple[int, list[str]]] = []
    for number in range(paragraphs):
        ours, theirs = [], []
        for zh, en in chance.sample(TEMPLATES, chance.randint(2, 5)):
            place, item = chance.choice(PLACES), chance.choice(ITEMS)
            wan = chance.randint(11, 990)
            values = {
                "zh": place[0], "en": place[1], "tz": item[0], "te": item[1], "n": chance.randint(12, 980), "w": wan,
                "w0": f"{wan * 10000:,}", "p": chance.randint(110, 990) / 10, "q": chance.randint(11, 99) / 10,
            }  # fmt: skip
            theirs.append(zh.format(**values))
            sentence = en.format(**values)
            turn = chance.random()
            if turn < 1 / 12 and ours:
                ours[-1] = f"{ours[-1][:-1]}, and {sentence[0].lower()}{sentence[1:]}"
            elif turn < 1 / 6 and ", " in sentence and "," not in sentence.split(", ", 1)[1]:
                first, second = sentence.split(", ", 1)
                ours += [f"{first}.", f"{second[0].upper()}{second[1:]}"]
            else:
                ours.append(sentence)
        english.append((number, ours))
        chinese.append((number, theirs))
    left_out = chance.sample(range(paragraphs), int(2 * missing * paragraphs))
    half = len(left_out) // 2
    english = [row for row in english if row[0] not in left_out[:half]]
    chinese = [row for row in chinese if row[0] not in left_out[half:]]
    en_text, en_sentences = _joined(english, " ")
    zh_text, zh_sentences = _joined(chinese, "")
    return Pair(en_text, zh_text, en_sentences, zh_sentences)


def _joined(rows: list[tuple[int, list[str]]], between: str) -> tuple[str, list[tuple[int, int, int]]]:
    text, spans = "", []
    for number, row in rows:
        for sentence in row:
            spans.append((len(text), len(text) + len(sentence), number))
            text += sentence + between
        text = text.rstrip(" ") + "\n\n"
    return text, spans
