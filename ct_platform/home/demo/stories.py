"""Two invented stories more: one whose cuts wait for its author, one taken back after it was printed."""

from ct_platform.home.demo.scene import DAY, Scene
from testimonials.enums import Use
from testimonials.services import moderation, publications, words
from testimonials.services.withdrawals import withdraw_words


def tell_more(scene: Scene) -> None:
    """Nadia is asked whether a sentence may go; Mehdi changed his mind, and a paper already quotes him."""
    until = scene.today.replace(year=scene.today.year + 1, day=1)
    ines = scene.coordinator
    nadia = scene.enrolments["Cherif"]
    told = words.submit_words(
        enrolment=nadia,
        text="Avant j’étais au RSA et je ne sortais plus. À la Marmite, Svetlana m’a appris à compter "
        "les portions. Maintenant c’est moi qui montre aux autres.",
        signed_as="Nadia",
        trade="cuisine",
        consent_until=until,
        uses=(Use.SITE, Use.SOCIAL),
        actor=scene.of(nadia.person),
        at=scene.at - 3 * DAY,
    )
    moderation.propose_version(
        testimonial=told,
        text="Avant je ne sortais plus. À la Marmite, une collègue m’a appris à compter les portions. "
        "Maintenant c’est moi qui montre aux autres.",
        note="J’ai enlevé le RSA et le prénom de ta collègue. Tu en penses quoi ?",
        actor=ines,
        at=scene.at - 2 * DAY,
    )
    mehdi = scene.enrolments["Ouali"]
    left = words.submit_words(
        enrolment=mehdi,
        text="Au jardin, j’ai appris à me lever tôt. Et à aimer ça.",
        signed_as="M.",
        trade="maraichage",
        consent_until=until,
        uses=(Use.SITE, Use.REPORT, Use.SOCIAL),
        actor=scene.of(mehdi.person),
        at=scene.at - 12 * DAY,
    )
    moderation.approve_words(testimonial=left, actor=ines, at=scene.at - 11 * DAY)
    for use, name, days in (
        (Use.REPORT, "Bilan de mi-parcours, imprimé en 40 exemplaires", 4),
        (Use.SOCIAL, "Page du Plateau", 5),
    ):
        publications.note_publication(
            testimonial=left,
            use=use,
            name=name,
            published_on=scene.today - days * DAY,
            actor=ines,
            at=scene.at - days * DAY,
        )
    withdraw_words(testimonial=left, actor=scene.of(mehdi.person), at=scene.at - 3 * DAY)
