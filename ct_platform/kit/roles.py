"""Who may do what in PostgreSQL: the site votes, commands do not, and no statement of either is logged.

Three roles: the owner migrates (DATABASE_OWNER_URL), the site reads and writes rows (DATABASE_URL),
commands typed by hand do the same but for the tables that votes write (DATABASE_ADMIN_URL). A shell on
the server can still read the site's own password: this stops acts, not an intruder.
"""

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from environ import Env

from ct_platform.kit import custody
from ct_platform.kit.errors import Refused

# Nothing of a statement, of its values or of a row that failed: some are ballots, some are accounts.
SILENT = {
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


@transaction.atomic
def settle() -> list[str]:
    """Create the roles that the settings name, and grant what each may do; what was done, in sentences.

    Repeating it changes nothing. Raises Refused on another database. Only a superuser may silence
    the server's log: for another, the sentence says what to ask for.
    """
    if connection.vendor != "postgresql":
        raise Refused(_("Les rôles n’existent que dans PostgreSQL."))
    powerful = _is_superuser()
    if powerful:  # the statements below hold passwords
        for setting, value in SILENT.items():
            _run(f"SET LOCAL {setting} = %s", value)
    me = connection.settings_dict["USER"]
    site, admin = (_role(settings.SECRET_DATABASE_URLS[name]) for name in ("site", "admin"))
    told = []
    for (name, password), grant in ((site, _grant_site), (admin, _grant_admin)):
        if name and name != me:
            _create(name, password)
            grant(_quoted(name))
            told.append(_("Rôle %(role)s : droits donnés.") % {"role": name})
    if admin[0] in ("", site[0], me):
        told.append(_("DATABASE_ADMIN_URL ne nomme pas un rôle à part : une commande peut voter."))
    _sweep_at_once()
    speaking = dict.fromkeys(name for name in (site[0], admin[0]) if name)
    return [*told, *[_silence(name) if powerful else _to_ask(name) for name in speaking]]


def _run(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def _role(url: str) -> tuple[str, str]:
    found = Env.db_url_config(url) if url else {}
    return found.get("USER", ""), found.get("PASSWORD", "")


def _create(name: str, password: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
        known = cursor.fetchone()
    if not known:
        _run(f"CREATE ROLE {_quoted(name)} LOGIN")
    if password:
        _run(f"ALTER ROLE {_quoted(name)} PASSWORD %s", password)
    database = _quoted(connection.settings_dict["NAME"])
    _run(f"GRANT CONNECT ON DATABASE {database} TO {_quoted(name)}")
    _run(f"GRANT USAGE ON SCHEMA public TO {_quoted(name)}")


def _grant_site(role: str) -> None:
    _run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    _run(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")


def _grant_admin(role: str) -> None:
    _grant_site(role)
    for table in custody.tables(custody.cast_only()):
        _run(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {_quoted(table)} FROM {role}")


def _sweep_at_once() -> None:
    """The site's role may not VACUUM: PostgreSQL itself clears dead rows of votes, within its minute."""
    at_once = "autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0"
    for table in custody.tables(custody.cast_only()):
        _run(f"ALTER TABLE {_quoted(table)} SET ({at_once})")


def _silence(name: str) -> str:
    for setting, value in SILENT.items():
        _run(f"ALTER ROLE {_quoted(name)} SET {setting} = %s", value)
    return _("Rôle %(role)s : le serveur n’écrit aucune de ses requêtes.") % {"role": name}


def _to_ask(name: str) -> str:
    typed = " ".join(f"ALTER ROLE {_quoted(name)} SET {key} = '{SILENT[key]}';" for key in SILENT)
    return _("Journal : faites lancer par un superutilisateur : %(sql)s") % {"sql": typed}
