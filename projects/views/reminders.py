"""Reminding who is late: seen before it leaves, printed as a letter, and the customer's own page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ct_platform.kit import clock
from ct_platform.kit.errors import Refused
from ct_platform.kit.http import ActorRequest, allow, form_page, reads, refuse_in
from members.limits import Limit, address_of
from members.middleware import public
from projects import perms
from projects.forms.paying import ReminderForm
from projects.models import Reminder
from projects.selectors.payments import reminder_by_key
from projects.services.payments import reminders
from projects.services.payments.reminder_words import draft_of, letter_of, opens
from projects.views.payments import cohort_of_money, issued_in, to_invoice

# Addresses that are not links of ours.
WRONG = Limit("reminder-link", tries=20, seconds=600)


@form_page
def remind(request: ActorRequest, cohort_id: int, invoice_id: int) -> HttpResponse:
    """What the next reminder would say; nothing leaves before the button."""
    cohort = cohort_of_money(request, cohort_id)
    invoice = issued_in(cohort, invoice_id)
    allow(perms.may_take_money(request.actor, cohort))
    if request.method != "POST":
        try:
            reminders.refuse_what_is_not_late(invoice, clock.now())
        except Refused as refusal:  # nothing to read: its sentences would be untrue today
            messages.error(request, str(refusal))
            return to_invoice(invoice)
    letter = draft_of(invoice, clock.now())
    initial = {
        "number": letter.reminder.number,
        "way": "mail" if invoice.customer.email else "letter",
    }
    form = ReminderForm(request.POST or None, invoice=invoice, initial=initial)
    if form.is_valid():
        try:
            made = reminders.remind(
                invoice=invoice,
                way=form.cleaned_data["way"],
                seen_number=form.cleaned_data["number"],
                actor=request.actor,
                at=clock.now(),
            )
            if made.is_letter:
                return redirect("projects:reminder_letter", cohort.pk, made.pk)
            messages.success(request, _("La relance part par courrier électronique."))
            return to_invoice(invoice)
        except Refused as refusal:
            refuse_in(form, refusal)
    context = {"cohort": cohort, "invoice": invoice, "letter": letter, "form": form}
    return render(request, "projects/paying/remind.html", context)


@reads
def letter(request: ActorRequest, cohort_id: int, reminder_id: int) -> HttpResponse:
    """The reminder on paper, as things stand now."""
    cohort = cohort_of_money(request, cohort_id)
    rows = Reminder.objects.of_cohort(cohort.pk).select_related(
        "invoice__customer", "invoice__cohort", "invoice__host"
    )
    found: Reminder = get_object_or_404(rows, pk=reminder_id)
    context = {"cohort": cohort, "letter": letter_of(found, clock.now()), "today": clock.today()}
    return render(request, "projects/paying/letter.html", context)


@public
@reads
def left_to_pay(request: HttpRequest, reminder_id: int, reminder_secret: str) -> HttpResponse:
    """What is left now, for who holds the link: no account, nothing to send."""
    if not WRONG.take(address_of(request)):
        return render(request, "429.html", status=429)
    found = reminder_by_key(reminder_id)
    if found is None or not opens(found, reminder_secret):
        raise Http404
    WRONG.give_back(address_of(request))
    context = {"letter": letter_of(found, clock.now())}
    answer = render(request, "projects/paying/left_to_pay.html", context)
    # Out of every cache and of search; the address, which is a key, out of every Referer.
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
