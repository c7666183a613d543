"""What must always be true of pay (`check_consistency`): each file its subject, each broken once by a test."""


def register_invariants() -> None:
    from payroll.invariants import corrections, money, pay, rules, uploads

    for subject in (rules, pay, corrections, money, uploads):
        subject.register_invariants()
