"""Events, guests and contacts: the coordination's pages, the group's, the guest's own."""

from django.urls import path, re_path

from cohorts.views import contacts, events, guests, invitations, my_contacts, my_events

_cohort = "cohortes/<int:cohort_id>/"
_event = f"{_cohort}evenements/<int:event_id>/"
_contact = f"{_cohort}contacts/<int:contact_id>/"
urlpatterns = [
    # --- the coordination
    path(f"{_cohort}evenements/", events.of_cohort, name="events"),
    path(f"{_cohort}evenements/nouveau/", events.plan, name="plan_event"),
    path(_event, events.event, name="event"),
    path(f"{_event}modifier/", events.edit, name="edit_event"),
    path(f"{_event}annuler/", events.cancel, name="cancel_event"),
    path(f"{_event}invites/", guests.add, name="add_guests"),
    path(f"{_event}invites/<int:guest_id>/", guests.guest, name="guest"),
    path(f"{_event}invites/<int:guest_id>/reponse/", guests.note_answer, name="note_answer"),
    path(f"{_event}invites/<int:guest_id>/effacer/", guests.erase, name="erase_guest"),
    path(f"{_event}invitations/", invitations.invite, name="invite"),
    path(f"{_event}invitations/encore/", invitations.again, name="invite_again"),
    path(f"{_event}lettres/", invitations.letters, name="event_letters"),
    path(f"{_event}lettres/parties/", invitations.posted, name="event_letters_posted"),
    path(f"{_event}venus/", guests.came, name="event_came"),
    path(f"{_cohort}contacts/", contacts.of_cohort, name="contacts"),
    path(f"{_cohort}contacts/nouveau/", contacts.add, name="add_contact"),
    path(_contact, contacts.contact, name="contact"),
    path(f"{_contact}garder/", contacts.accept, name="accept_contact"),
    path(f"{_contact}accord/", contacts.consent, name="contact_consent"),
    path(f"{_contact}accord/retirer/", contacts.withdraw, name="withdraw_contact_consent"),
    path(f"{_contact}effacer/", contacts.erase, name="erase_contact"),
    # --- the group
    path("nos-evenements/", my_events.events, name="my_events"),
    path("nos-evenements/<int:event_id>/", my_events.event, name="my_event"),
    path("nos-evenements/<int:event_id>/venus/", my_events.came, name="tick_guests"),
    path("mes-contacts/", my_contacts.contacts, name="my_contacts"),
    path("mes-contacts/proposer/", my_contacts.propose, name="propose_contact"),
    path("mes-contacts/<int:contact_id>/garder/", my_contacts.keep, name="keep_contact"),
    path("mes-contacts/<int:contact_id>/laisser/", my_contacts.let_go, name="let_contact_go"),
    re_path(
        r"^mes-contacts/mes-contacts\.(?P<suffix>csv|vcf)$",
        my_contacts.export,
        name="my_contacts_file",
    ),
    # --- whoever holds the link
    path("invitations/<int:guest_id>/<str:secret>/", invitations.invitation, name="invitation"),
    path(
        "invitations/<int:guest_id>/<str:secret>/effacer/",
        invitations.erase_myself,
        name="erase_myself",
    ),
]
