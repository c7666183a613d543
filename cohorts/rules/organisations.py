"""How an organisation is written on papers. Pure."""


def spaced_siret(siret: str) -> str:
    """A SIRET as papers carry it: "732 829 320 00074", never broken at the end of a line."""
    parts = (siret[:3], siret[3:6], siret[6:9], siret[9:])
    return "\N{NO-BREAK SPACE}".join(part for part in parts if part)
