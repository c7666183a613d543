"""The engine is pure: nothing but itself and a few quiet modules, no float, no clock."""

import ast
from pathlib import Path

import pytest

import payroll.engine

SOURCES = sorted(Path(payroll.engine.__file__).parent.glob("*.py"))
QUIET = {
    *("collections", "csv", "dataclasses", "datetime", "decimal", "functools", "hashlib"),
    *("importlib", "io", "itertools", "math", "re", "tomllib", "types", "typing"),
}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_it_is_pure(source):
    tree = ast.parse(source.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert {alias.name.split(".")[0] for alias in node.names} <= QUIET
        if isinstance(node, ast.ImportFrom):
            assert node.module.startswith("payroll.engine") or node.module in QUIET | {
                "collections.abc",
                "importlib.resources",
            }
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), f"float at line {node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("now", "today", "utcnow"), f"clock at line {node.lineno}"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_it_can_be_read_in_one_sitting(source):
    assert len(source.read_text(encoding="utf-8").splitlines()) < 300
