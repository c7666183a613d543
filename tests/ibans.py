"""Invented accounts: no bank has the code 99999; the check digits are right, so nothing refuses them."""

from stdnum.iban import calc_check_digits


def iban(number: int, bank: str = "99999") -> str:
    account = f"{bank}00001{number:011d}00"
    return f"FR{calc_check_digits(f'FRxx{account}')}{account}"


AMINA, BASTIEN, HOST = iban(1), iban(2), iban(900)
