"""The effects on this app and on the apps below it; called once, from DecisionsConfig.ready()."""

from decisions.effects import (
    mandates,
    membership,
    prices,
    register,
    repeal,
    skills,
    spending,
    statutes,
    texts,
)


def register_effects() -> None:
    for module in (mandates, membership, prices, spending, statutes, texts, skills, repeal):
        for effect in module.effects():
            register(effect)
