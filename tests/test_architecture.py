"""The direction of imports, held by a test: mature houses do not stay acyclic by good will."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Each may import what stands before it. home, urls and celery know everybody.
CHAIN = [
    "ct_platform.kit", "members", "documents", "cohorts", "projects", "decisions", "payroll",
    "testimonials", "reports",
]  # fmt: skip
ROOF = (
    "ct_platform.home", "ct_platform.urls", "ct_platform.celery", "ct_platform.wsgi",
    "ct_platform.settings", "ct_platform.check",
)  # fmt: skip
LABELS = {"kit": "ct_platform.kit", **{app: app for app in CHAIN[1:]}}
# What a neighbour may not import: the doors of an app are its own business.
DOORS = {"views", "forms", "admin", "tasks", "urls"}
PURE = ["payroll/engine", "members/rules.py", "members/spelling.py", "cohorts/rules", "projects/rules",
        "decisions/rules", "payroll/rules", "reports/disclosure.py", "ct_platform/kit/money.py"]  # fmt: skip
# Inside an app, later may import earlier.
LAYERS = [
    "enums", "rules", "querysets", "models", "selectors", "perms", "services", "tasks", "forms", "views",
    "urls",
]  # fmt: skip


def sources() -> list[Path]:
    folders = ["ct_platform", *CHAIN[1:]]
    return sorted(
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    )


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def app_of(module: str) -> str | None:
    for app in CHAIN:
        if module == app or module.startswith(app + "."):
            return app
    return None


def imported_modules(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


STRING_REFERENCE = re.compile(rf"^({'|'.join([*CHAIN[1:], 'kit', 'home'])})[.:]\w+$")


def string_references(tree: ast.AST) -> list[tuple[int, str]]:
    """ "payroll.PayRun", "payroll:runs": strings that reach another app."""
    return [
        (node.lineno, re.split(r"[.:]", node.value)[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and STRING_REFERENCE.match(node.value)
    ]


def test_an_app_imports_only_what_stands_to_its_left():
    wrong = []
    for path in sources():
        module = module_of(path)
        app = app_of(module)
        tree = ast.parse(path.read_text())
        reached = [(line, app_of(name), name) for line, name in imported_modules(tree)]
        reached += [
            (line, LABELS.get(label, "ct_platform.home"), label)
            for line, label in string_references(tree)
        ]
        for line, target, name in reached:
            if app is None:
                continue
            if any(name.startswith(roof) for roof in ROOF) or target == "ct_platform.home":
                wrong.append(f"{module}:{line} reaches the roof ({name})")
            elif target is not None and CHAIN.index(target) > CHAIN.index(app):
                wrong.append(f"{module}:{line} reaches right ({name})")
    assert sorted(set(wrong)) == []


def test_a_neighbour_never_imports_the_doors_of_an_app():
    wrong = []
    for path in sources():
        module = module_of(path)
        app = app_of(module)
        for line, name in imported_modules(ast.parse(path.read_text())):
            target = app_of(name)
            inside = name.split(".")[len(target.split(".")) :] if target else []
            if target and target not in (app, "ct_platform.kit") and inside and inside[0] in DOORS:
                if module in ("ct_platform.celery", "ct_platform.urls") or (
                    module.startswith("ct_platform.home") and inside[0] in ("tasks",)
                ):
                    continue
                wrong.append(f"{module}:{line} imports {name}")
    assert sorted(set(wrong)) == []


@pytest.mark.parametrize("place", PURE)
def test_rules_and_engine_are_pure(place):
    """No Django, no clock, no file: judgement and arithmetic only."""
    path = ROOT / place
    if not path.exists():
        pytest.fail(f"{place} is gone: mend this list")
    wrong = []
    for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
        tree = ast.parse(file.read_text())
        for line, name in imported_modules(tree):
            if name.split(".")[0] in {"django", "celery", "requests", "random", "time"}:
                wrong.append(f"{module_of(file)}:{line} imports {name}")
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}:
                wrong.append(f"{module_of(file)}:{node.lineno} reads the clock")
    assert sorted(set(wrong)) == []


def test_inside_an_app_layers_import_downwards():
    wrong = []
    for path in sources():
        module = module_of(path)
        app = app_of(module)
        if app is None or app == "ct_platform.kit":
            continue
        layer = module[len(app) + 1 :].split(".")[0] if module != app else ""
        if layer not in LAYERS:
            continue
        for line, name in imported_modules(ast.parse(path.read_text())):
            if app_of(name) != app or name == app:
                continue
            other = name[len(app) + 1 :].split(".")[0]
            if other in LAYERS and LAYERS.index(other) > LAYERS.index(layer):
                wrong.append(f"{module}:{line} imports {name}")
    # A queryset method may need its own model, imported when called: models import querysets.
    wrong = [w for w in wrong if not re.search(r"querysets:\d+ imports \w+\.models", w)]
    assert sorted(set(wrong)) == []


def test_nobody_writes_a_state_but_kit_states():
    wrong = []
    for path in sources():
        if path.name == "states.py" and "kit" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state":
                    wrong.append(f"{module_of(path)}:{node.lineno}")
    assert wrong == []


def test_mails_leave_by_the_door_of_the_house():
    """kit.mail puts a subject on one line: a mail made beside it is refused for what somebody typed."""
    wrong = [
        module_of(path)
        for path in sources()
        if path.name != "mail.py" and re.search(r"EmailMessage|send_mail\(", path.read_text())
    ]
    assert wrong == ["members.adapters"]  # allauth's own door: codes, whose subject nobody types


def test_views_ask_no_query_of_their_own():
    """A view starts from visible_to, a selector or a service: `.filter(` there is a forgotten scope."""
    wrong = []
    for path in sources():
        parts = module_of(path).split(".")
        if "views" not in parts:
            continue
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if re.search(r"\.(filter|exclude|save|create|update|delete)\(", line):
                wrong.append(f"{module_of(path)}:{number} {line.strip()}")
            if re.search(r"\.objects\.(get|all)\(|get_object_or_404\([A-Z]\w+,", line):
                wrong.append(f"{module_of(path)}:{number} {line.strip()}")
    assert wrong == []


def test_no_file_is_longer_than_one_sitting():
    long = [
        f"{path.relative_to(ROOT)} ({lines} lines)"
        for path in [*sources(), *(ROOT / "tests").rglob("*.py")]
        if (lines := len(path.read_text().splitlines())) > 400
    ]
    assert long == []


def test_every_bench_finds_what_it_imports():
    """They are run by hand, months apart: a name that moved would be missed on that day only."""
    missing = []
    for path in sorted((ROOT / "bench").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            place = ROOT / Path(*node.module.split("."))
            source = place.with_suffix(".py") if place.with_suffix(".py").exists() else None
            if source is None and not place.is_dir():
                continue  # a library
            told = source or place / "__init__.py"
            known = _names_of(ast.parse(told.read_text())) if told.exists() else set()
            if not source:
                known |= {one.stem for one in place.iterdir()}
            lost = [alias.name for alias in node.names if alias.name not in known]
            missing += [f"{path.name}:{node.lineno} {node.module}.{name}" for name in lost]
    assert missing == []


def _names_of(tree: ast.Module) -> set[str]:
    """What a module gives by name: what it defines and what it imports, at its top."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {
                one.id
                for target in targets
                for one in ast.walk(target)
                if isinstance(one, ast.Name)
            }
    return found
