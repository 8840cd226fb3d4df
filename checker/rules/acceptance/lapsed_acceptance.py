"""# lapsed-acceptance (ACC901)

## What it does
Reports an entry of `yigai-accepted.yaml`, or an accepting comment in a page, that accepts nothing any more: the text
has changed, the fault is mended, the page is gone, or fewer places are left than were accepted.

## Why it matters
What is accepted is not reported. An entry that is left over would hide the same fault when it comes back.

## Wrong
<!-- yigai: accept TRM101: the society is meant --> The hospital leads a medical consortium.

## Right
<!-- yigai: accept TRM101: the society is meant --> The medical association has two hundred members.

## Limits
Only pages and rules that the run looked at are judged. A check without the Chinese does not judge bilingual rules.
`yigai check --prune` takes lapsed entries out; comments are left to a person.
"""

from __future__ import annotations

from checker.rules.rule import Rule, nothing_on_a_page

RULE = Rule("ACC901", "lapsed-acceptance", "acceptance", "none", "info", "high", nothing_on_a_page, __doc__ or "")
