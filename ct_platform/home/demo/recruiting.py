"""The second cooperative of the demo recruits: a meeting, seven applications, each at another step."""

import datetime as dt
import io
import math
import uuid
import wave

from cohorts.models import Application, Cohort
from cohorts.services.answers import answer_all
from cohorts.services.applications import Said, apply, keep_voice
from cohorts.services.meetings import call_meeting, note_who_came, sign_up
from cohorts.services.selection import Entry, decide, enrol, give_opinion
from ct_platform.home.demo.scene import Scene, hour
from ct_platform.kit import clock

_RATE = 8000
_APPLICATIONS = {
    "nina": Said(
        "Nina", "Roche", dt.date(1994, 6, 21), phone="+33639981101", email="nina.roche@exemple.test",
        motivation="Je cuisine pour tout l’immeuble. J’aimerais le faire avec d’autres, et pour de vrai.",
        wishes="La cuisine, et tenir l’étal le samedi.", available=("morning", "saturday"),
    ),
    "youssef": Said(
        "Youssef", "Amrani", dt.date(1982, 2, 9), phone="+33639981102",
        wishes="Réparer, entretenir, rendre service.", available=("morning", "afternoon"),
    ),
    "yousef": Said(
        "YOUSEF", "AMRANI", dt.date(1982, 2, 9), phone="+33639981102",
        motivation="Je veux travailler près de chez moi.", available=("morning",),
    ),
    "mireille": Said(
        "Mireille", "Blanc", dt.date(1961, 11, 3), address="4 place de l’Église", postcode="99210",
        city="Brune-le-Bourg", motivation="Je suis seule depuis deux ans. J’ai encore à donner.",
        wishes="Les comptes : j’ai été aide-comptable.", available=("afternoon",),
        availability="Je n’ai pas de voiture.", helper_name="Luc Petit", helper_link="facteur",
        helper_contact="06 39 98 11 99",
        helper_wording="Nous avons relu les réponses ensemble, et la personne est d’accord pour les envoyer.",
    ),
    "tom": Said(
        "Tom", "Vidal", dt.date(2003, 8, 30), phone="+33639981104", email="tom.vidal@exemple.test",
        motivation="Un vrai projet, avec des gens. Pas un stage de plus.", wishes="Vendre, parler aux clients.",
        available=("morning", "afternoon", "evening", "saturday"),
    ),
    "sonia": Said(
        "Sonia", "Kerouan", dt.date(1978, 4, 12), phone="+33639981105", email="sonia.k@exemple.test",
        motivation="J’ai fait des ménages vingt ans. Je connais le métier, je veux décider aussi.",
        wishes="Le service d’entretien.", available=("morning", "evening"),
    ),
    "josiane": Said(
        "Josiane", "Petitjean", dt.date(1957, 1, 5), email="josiane.p@exemple.test",
        motivation="Pour essayer.", available=("saturday",),
    ),
}  # fmt: skip


def recruit(scene: Scene) -> None:
    """Two meetings, seven people, one of them twice; some read, some decided, one enrolled."""
    val = Cohort.objects.select_related("programme", "territory", "host").get(
        name="Les Mains du Val"
    )
    at, paul, farid = scene.at, scene.voice("paul"), scene.voice("farid")
    _meet(val, at)
    found = {name: _applied(val, name, said, at) for name, said in _APPLICATIONS.items()}
    for name, stance, reasons in (
        ("nina", "yes", "Très claire sur ses disponibilités."),
        ("mireille", "yes", "Les comptes manquent au groupe."),
        ("tom", "talk", "Énergie ; vérifier l’engagement sur quatre mois."),
        ("josiane", "no", "Disponible le samedi seulement."),
    ):
        give_opinion(application=found[name], stance=stance, reasons=reasons, actor=farid, at=at)
    for name, to in (
        ("tom", "selected"), ("sonia", "selected"), ("mireille", "waiting"), ("josiane", "declined"),
    ):  # fmt: skip
        decide(application=found[name], to=to, note="", actor=paul, at=at)
    enrol(application=found["tom"], entry=Entry(), actor=paul, at=at)
    told = [found[name].pk for name in ("tom", "mireille")]
    answer_all(cohort=val, keys=told, word="Vos questions : 06 39 98 11 00.", at=at)


def _applied(val: Cohort, name: str, said: Said, at: dt.datetime) -> Application:
    key = uuid.uuid4()
    if not said.motivation:
        keep_voice(cohort=val, key=key, content=_invented_voice())
    return apply(cohort=val, key=key, said=said, at=at)


def _meet(val: Cohort, at: dt.datetime) -> None:
    long_ago = at - dt.timedelta(days=30)
    today = clock.civil_day(at)
    for days, guests in ((-6, ("Tom Vidal", "Sonia Kerouan", "Alba Nuñez")), (8, ("Nina Roche",))):
        meeting = call_meeting(
            cohort=val,
            starts_at=hour(today + dt.timedelta(days=days)) + dt.timedelta(hours=6, minutes=30),
            place="Salle des fêtes, 1 place de l’Église, Brune-le-Bourg",
            seats=25,
            at=long_ago,
        )
        came = [
            sign_up(meeting=meeting, key=uuid.uuid4(), name=name, contact="", at=long_ago).pk
            for name in guests
        ]
        if days < 0:
            note_who_came(meeting=meeting, came=came[:2], at=at)


def _invented_voice() -> bytes:
    """Two seconds of a soft note: nobody's voice."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(_RATE)
        sound.writeframes(
            bytes(128 + int(24 * math.sin(i * 2 * math.pi * 330 / _RATE)) for i in range(2 * _RATE))
        )
    return kept.getvalue()
