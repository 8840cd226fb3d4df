"""# acceptance-without-reason (ACC902)

## What it does
Notes entries of `yigai-accepted.yaml` and accepting comments that give no reason: one finding for each file.

## Why it matters
With a reason an entry is a decision. Without one it is a debt: a fault that stood there when checking began.

## Wrong
<!-- yigai: accept TRM101 --> The medical association has two hundred members.

## Right
<!-- yigai: accept TRM101: the society is meant --> The medical association has two hundred members.

## Limits
Information only, so that a site with old faults can be taken over as it is. Whether a reason is good is not judged.
"""

from __future__ import annotations

from checker.rules.rule import Rule, nothing_on_a_page

RULE = Rule(
    "ACC902", "acceptance-without-reason", "acceptance", "none", "info", "high", nothing_on_a_page, __doc__ or ""
)
