"""From a gross to a slip."""

from decimal import Decimal, localcontext

from payroll.engine import ENGINE_VERSION
from payroll.engine.exact import CENT, EXACT
from payroll.engine.month import CAPPED, CAPPED4, CET, T1, T2, PayMonth
from payroll.engine.params import LineRule, Params
from payroll.engine.plan import PlannedLine
from payroll.engine.types import ZERO, Line, PayInput, Slip, Ytd
from payroll.engine.validation import check_gross, check_input

_HUNDRED = Decimal(100)

# Withheld from the person, yet taxable.
_TAXABLE_CONTRIBUTIONS = ("ee_csg_non_deductible", "ee_crds")


def compute(inp: PayInput, ytd: Ytd, params: Params) -> Slip:
    """Compute the slip of one person for one month.

    Amounts in euros; each line is rounded once, half-up to the cent. `ytd` is what the earlier
    months of the same person, host, contract and year used (`Ytd.empty()` for the first), `params`
    those of `inp.month`. A net may be negative when the health cover exceeds the pay: whether such
    a slip can be issued is for the caller to decide, like the respect of the SMIC (`floor`).

    Raises `BadInput` and `OutOfScope` (see `validation`).
    """
    with localcontext(EXACT):
        check_input(inp, ytd, params)
        gross = check_gross(inp)
        return _slip(inp, gross, PayMonth(inp, ytd, params))


def _slip(inp: PayInput, gross: Decimal, month: PayMonth) -> Slip:
    plan = month.plan
    bases = month.bases(gross)
    employee = _rated(plan.employee, bases)
    employer = _rated(plan.employer, bases)
    if inp.health_cover:
        cover = inp.health_cover
        if plan.employee_cover:
            rest = (cover - month.employer_cover).quantize(CENT)
            employee.append(_line(plan.employee_cover, cover, None, rest))
        if plan.employer_cover:
            share = inp.health_cover_employer_share
            employer.append(_line(plan.employer_cover, cover, share, month.employer_cover))
    coefficient, reduction = month.relief(gross)
    relief = []
    if plan.relief and (coefficient or reduction):
        year_gross = month.ytd.gross + gross
        relief.append(_line(plan.relief, year_gross, coefficient * _HUNDRED, -reduction))

    ee_total = sum((line.amount for line in employee), ZERO)
    er_total = sum((line.amount for line in employer), ZERO)
    er_net = er_total - reduction
    net_before_tax = gross - ee_total
    net_taxable = net_before_tax + month.employer_cover
    for line in employee:
        if line.code in _TAXABLE_CONTRIBUTIONS:
            net_taxable += line.amount
    pas_base = max(net_taxable, ZERO)
    pas_rate = month.params.grid.rate_for(pas_base) if inp.pas_rate is None else inp.pas_rate
    pas_amount = (pas_base * pas_rate / _HUNDRED).quantize(CENT)
    return Slip(
        lines=(*employee, *employer, *relief),
        gross=gross,
        ee_total=ee_total,
        er_total=er_total,
        rgdu=reduction,
        er_total_net_of_rgdu=er_net,
        net_social=_net_social(gross, employee),
        net_before_tax=net_before_tax,
        net_taxable=net_taxable,
        pas_rate=pas_rate,
        pas_amount=pas_amount,
        net_paid=net_before_tax - pas_amount,
        total_employer_cost=gross + er_net,
        pss=month.pss,
        ytd_after=_ytd_after(month, gross, bases, reduction, net_taxable, pas_amount),
        params_hash=month.params.hash,
        profile_code=inp.profile.code,
        engine_version=ENGINE_VERSION,
    )


def _rated(planned: tuple[PlannedLine, ...], bases: tuple[Decimal, ...]) -> list[Line]:
    """Turn rates into lines; a line whose base is nothing this month is not stored."""
    lines = []
    for line in planned:
        base = bases[line.base_index]
        if base:
            lines.append(_line(line.rule, base, line.rate, (base * line.factor).quantize(CENT)))
    return lines


def _line(rule: LineRule, base: Decimal, rate: Decimal | None, amount: Decimal) -> Line:
    return Line(
        rule.code,
        rule.side,
        base,
        rate,
        amount,
        rule.group,
        rule.label,
        rule.since,
        rule.source,
    )


def _net_social(gross: Decimal, employee: list[Line]) -> Decimal:
    """Montant net social: gross minus every *compulsory* contribution, the health cover included.

    Every line the engine knows is compulsory, so it equals the net before tax; it is computed
    apart because an optional contribution or an expense refund would part the two (BOSS, bulletin
    de paie, montant net social).
    """
    return gross - sum((line.amount for line in employee), ZERO)


def _ytd_after(
    month: PayMonth,
    gross: Decimal,
    bases: tuple[Decimal, ...],
    reduction: Decimal,
    net_taxable: Decimal,
    pas_amount: Decimal,
) -> Ytd:
    before = month.ytd
    return Ytd(
        gross=before.gross + gross,
        pss=month.year_pss,
        capped=before.capped + bases[CAPPED],
        t1=before.t1 + bases[T1],
        t2=before.t2 + bases[T2],
        cet=before.cet + bases[CET],
        capped4=before.capped4 + bases[CAPPED4],
        smic_amount=month.year_smic,
        rgdu_granted=before.rgdu_granted + reduction,
        net_taxable=before.net_taxable + net_taxable,
        pas=before.pas + pas_amount,
    )
