"""A second opinion on one month's slip, written from the law's table and not from the engine.

Unrounded fractions, no dated file, no year to date: 2026, an employee, mainland, not a manager.
The coefficient of the reduction is found by comparing whole powers, so nothing is approximated.
"""

from fractions import Fraction as F

PMSS, FROZEN_SMIC, MONTH_HOURS = F(4005), F("12.02"), F(35 * 52, 12)

EMPLOYEE = {
    "ee_old_age_capped": ("capped", "6.90"), "ee_old_age_uncapped": ("total", "0.40"),
    "ee_agirc_arrco": ("brackets", "3.15", "8.64"), "ee_ceg": ("brackets", "0.86", "1.08"),
    "ee_cet": ("cet", "0.14"), "ee_csg_deductible": ("csg", "6.80"),
    "ee_csg_non_deductible": ("csg", "2.40"), "ee_crds": ("csg", "0.50"),
}  # fmt: skip
EMPLOYER = {
    "er_health": ("total", "13"), "er_old_age_capped": ("capped", "8.55"),
    "er_old_age_uncapped": ("total", "2.11"), "er_family": ("total", "5.25"),
    "er_agirc_arrco": ("brackets", "4.72", "12.95"), "er_ceg": ("brackets", "1.29", "1.62"),
    "er_cet": ("cet", "0.21"), "er_unemployment": ("four", "4.00"), "er_ags": ("four", "0.25"),
    "er_csa": ("total", "0.30"), "er_dialogue": ("total", "0.016"),
    "er_apprenticeship": ("total", "0.68"),
}  # fmt: skip


def slip(
    *,
    gross: str,
    hours: str,
    headcount: int,
    atmp_rate: str,
    mobility_rate: str,
    health_cover: str,
    health_cover_employer_share: str,
    contract: str,
) -> dict[str, F]:
    """Every computed column of the cases file, unrounded; euros, rates in percent."""
    total, worked = F(gross), F(hours)
    full = worked >= F("151.6")
    pss = PMSS if full else PMSS * worked / MONTH_HOURS
    cover = F(health_cover)
    paid_by_host = cover * F(health_cover_employer_share) / 100
    capped = min(total, pss)
    second = max(min(total, 8 * pss) - pss, F(0))
    base = {
        "total": total,
        "capped": capped,
        "four": min(total, 4 * pss),
        "cet": capped + second if total > pss else F(0),
        "csg": F("0.9825") * min(total, 4 * pss) + max(total - 4 * pss, F(0)) + paid_by_host,
        "cover": paid_by_host,
    }

    def due(kind: str, *rates: str) -> F:
        if kind == "brackets":
            return (capped * F(rates[0]) + second * F(rates[1])) / 100
        return base[kind] * F(rates[0]) / 100

    large, eleven = headcount >= 50, headcount >= 11
    withheld = {name: due(*how) for name, how in EMPLOYEE.items()}
    withheld["ee_health_cover"] = cover - paid_by_host
    charged = {name: due(*how) for name, how in EMPLOYER.items()}
    charged |= {
        "er_atmp": due("total", atmp_rate),
        "er_fnal": due("total", "0.50") if large else due("capped", "0.10"),
        "er_training": due("total", "1.00" if eleven else "0.55"),
        "er_cpf_cdd": due("total", "1.00" if contract == "CDD" else "0"),
        "er_peec": due("total", "0.45" if large else "0"),
        "er_mobility": due("total", mobility_rate if eleven else "0"),
        "er_forfait_social": due("cover", "8.00" if eleven else "0"),
        "er_health_cover": paid_by_host,
    }
    smic = FROZEN_SMIC * (MONTH_HOURS if full else worked)
    rgdu = total * reduction_coefficient(total, smic, F("0.3821") if large else F("0.3781"))
    ee_total, er_net = sum(withheld.values()), sum(charged.values()) - rgdu
    net = total - ee_total
    not_deducted = withheld["ee_csg_non_deductible"] + withheld["ee_crds"] + paid_by_host
    return {
        "pss_prorata": pss, **withheld, **charged, "ee_total": ee_total, "rgdu": rgdu,
        "er_total_net_of_rgdu": er_net, "net_taxable": net + not_deducted,
        "net_before_tax": net, "net_social": net, "total_employer_cost": total + er_net,
    }  # fmt: skip


def reduction_coefficient(gross: F, smic: F, t_delta: F) -> F:
    """C = 0.02 + Tdelta × x^(7/4), half-up at four decimals: the last step that x^7 still reaches."""
    if not 0 < gross < 3 * smic:
        return F(0)
    x = min((3 * smic / gross - 1) / 2, F(1))
    low, high = 200, 200 + int(t_delta * 10_000) + 1
    while high - low > 1:
        middle = (low + high) // 2
        # middle is reached when 0.02 + Tdelta · x^(7/4) ≥ middle − ½ ten-thousandth.
        needed = (F(2 * middle - 1, 20_000) - F("0.02")) / t_delta
        low, high = (middle, high) if x**7 >= needed**4 else (low, middle)
    return F(low, 10_000)
