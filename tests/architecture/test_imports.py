"""Across packages only through api.py; what has one door has one door."""

import pytest

from tests.architecture.tree import WINGS, Import, files, imports, module_of, name, package_of

# What may be imported past an api.py, and why.
OPEN_PACKAGES = {
    "portal.core": "plain values and functions without a model: a module of it is its own api",
}
ONE_DOOR = {
    "weasyprint": ("portal/documents/", "one door for PDFs: its fetcher refuses every address"),
    "pikepdf": ("portal/documents/", "what is inside an uploaded PDF is judged in one place"),
    "openpyxl": ("portal/spreadsheets/", "workbooks are opened with limits, in one place"),
    "python_calamine": ("portal/spreadsheets/", "workbooks are opened with limits, in one place"),
    "celery": (
        "portal/celery.py portal/local/",
        "tasks are made with shared_task, without the app",
    ),
    "redis": (
        "portal/local/ portal/outbox/",
        "Redis is only the broker: the outbox alone must know when it is away",
    ),
}
TASK_NAMES = {"shared_task", "Task"}
OWN = [path for path in files(".py", folders=WINGS) if not name(path).startswith("portal/local/")]


def allowed(found: Import) -> bool:
    target = package_of(found.module)
    if target is None or target in OPEN_PACKAGES or target == package_of(module_of(found.path)):
        return True
    return found.module == f"{target}.api" or (found.module == target and found.names == ("api",))


@pytest.mark.parametrize("path", OWN, ids=name)
def test_other_packages_are_entered_through_their_api(path) -> None:
    past = [f"line {found.line}: {found.module}" for found in imports(path) if not allowed(found)]
    assert not past, "import it from the package's api.py:\n" + "\n".join(past)


@pytest.mark.parametrize("library", ONE_DOOR)
def test_a_library_with_one_door_is_imported_there_alone(library: str) -> None:
    doors, reason = ONE_DOOR[library]
    elsewhere = [
        f"{name(path)}:{found.line}"
        for path in files(".py", folders=WINGS)
        for found in imports(path)
        if found.module.split(".")[0] == library
        and found.module != "celery.signals"
        and not set(found.names) & TASK_NAMES
        and not name(path).startswith(tuple(doors.split()))
    ]
    assert not elsewhere, f"{reason}: {elsewhere}"
