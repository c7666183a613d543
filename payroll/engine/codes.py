"""Every code a parameter file, a profile or a stored line may carry.

The stored codes are finer than the columns of the cases file: Agirc-Arrco and CEG are stored per
bracket, the apprenticeship tax per part. Their order is the order of the stored lines.
"""

EMPLOYEE_CODES = (
    "ee_old_age_capped",
    "ee_old_age_uncapped",
    "ee_agirc_arrco_t1",
    "ee_agirc_arrco_t2",
    "ee_ceg_t1",
    "ee_ceg_t2",
    "ee_cet",
    "ee_csg_deductible",
    "ee_csg_non_deductible",
    "ee_crds",
    "ee_health_cover",
)

EMPLOYER_CODES = (
    "er_health",
    "er_old_age_capped",
    "er_old_age_uncapped",
    "er_family",
    "er_atmp",
    "er_agirc_arrco_t1",
    "er_agirc_arrco_t2",
    "er_ceg_t1",
    "er_ceg_t2",
    "er_cet",
    "er_unemployment",
    "er_ags",
    "er_fnal",
    "er_csa",
    "er_dialogue",
    "er_training",
    "er_apprenticeship_main",
    "er_apprenticeship_balance",
    "er_cpf_cdd",
    "er_peec",
    "er_mobility",
    "er_forfait_social",
    "er_health_cover",
)

RGDU = "rgdu"

LINE_CODES = (*EMPLOYEE_CODES, *EMPLOYER_CODES, RGDU)

VALUE_CODES = (
    "pmss",
    "smic_hourly",
    "rgdu_smic_hourly",
    "rgdu_t_min",
    "rgdu_t_delta_below_50",
    "rgdu_t_delta_from_50",
    "rgdu_exit_multiple",
    "csg_share",
    "health_cover_limit",
)

# Bases a rate may be applied to, in the order in which `month.Month.bases` returns them.
RATED_BASES = ("total", "capped", "t1", "t2", "cet", "capped4", "csg", "cover")

# Lines without a rate of their own: worked out by their own rule.
OWN_RULE_BASES = ("health_cover", "rgdu")

INPUT_RATES = ("atmp_rate", "mobility_rate")

CONTRACTS = ("CDI", "CDD", "CESA", "CAPE")

GROUPS = (
    "health",
    "accident",
    "retirement",
    "family",
    "unemployment",
    "other_employer",
    "csg_deductible",
    "csg_non_deductible",
    "relief",
)
