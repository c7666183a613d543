"""What must always be true of pay (`check_consistency`): each file its subject, each broken once by a test."""


def register_invariants() -> None:
    from payroll.invariants import corrections, money, pay, refunds, rules, uploads

    for subject in (rules, pay, corrections, money, refunds, uploads):
        subject.register_invariants()
