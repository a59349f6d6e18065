"""The order of a start: store, database, then everything else at once.

Where the database is known to be up to date, it is looked at beside everything else.
"""

import os
import time
from collections.abc import Callable, Mapping

from config.launcher.environment import Environment
from config.launcher.folder import DataFolder
from config.launcher.llm import check_model, describe_llm, traits_of
from config.launcher.port import find_port
from config.launcher.preparation import Preparation
from config.launcher.programs import WORKERS, describe_prepare, describe_web, describe_worker, share_variables
from config.launcher.store import choose_socket, describe_store
from config.launcher.supervisor import Supervisor

Say = Callable[[str], None]


def launch(*, environment: Environment, folder: DataFolder, supervisor: Supervisor, say: Say) -> None:
    """Start everything in order and say where to find it."""
    began = time.monotonic()
    if environment.llm_path:
        check_model(model=environment.llm_path)
    say(f"Touchstone is starting; its data is in {folder.path}.")
    redis_url, took = _start_store(environment=environment, folder=folder, supervisor=supervisor)
    port = find_port() if environment.llm_path else 0
    variables = share_variables(
        inherited=os.environ,
        folder=folder,
        redis_url=redis_url,
        web_address=environment.address,
        llm_url=f"http://127.0.0.1:{port}/v1" if port else environment.llm_url,
        llm_model=str(environment.llm_path or os.environ.get("LLM_MODEL", "")),
        llm_traits=traits_of(model=environment.llm_path) if environment.llm_path else {},
    )
    names = ["web", *WORKERS]
    if environment.llm_path:
        # Weights take long to load, so this one starts before the database is looked at.
        supervisor.start(describe_llm(model=environment.llm_path, port=port), variables=variables)
        names.append("llm")
    preparation = Preparation(folder=folder, variables=variables)
    if preparation.is_current():
        _start_services(environment=environment, folder=folder, supervisor=supervisor, variables=variables)
        took["database"] = _prepare(preparation=preparation, supervisor=supervisor, variables=variables)
    else:
        took["database"] = _prepare(preparation=preparation, supervisor=supervisor, variables=variables)
        _start_services(environment=environment, folder=folder, supervisor=supervisor, variables=variables)
    took |= supervisor.wait_until_ready(names)
    _welcome(environment=environment, folder=folder, seconds=time.monotonic() - began, took=took, say=say)


def _start_store(
    *, environment: Environment, folder: DataFolder, supervisor: Supervisor
) -> tuple[str, dict[str, float]]:
    """Start the store unless the installation has one elsewhere; return its address and how long it took."""
    if environment.redis_url:
        return environment.redis_url, {}
    path = choose_socket(folder=folder.store)
    supervisor.start(describe_store(folder=folder.store, socket_path=path), variables=os.environ)
    return f"unix://{path}", supervisor.wait_until_ready(["store"])


def _prepare(*, preparation: Preparation, supervisor: Supervisor, variables: Mapping[str, str]) -> float:
    """Bring the database up to date; return how long it took."""
    began = time.monotonic()
    preparation.begin()
    supervisor.run_once(name="prepare", command=describe_prepare(), variables=variables)
    preparation.finish()
    return time.monotonic() - began


def _start_services(
    *, environment: Environment, folder: DataFolder, supervisor: Supervisor, variables: Mapping[str, str]
) -> None:
    """Start the web process and the workers at once."""
    supervisor.start(describe_web(environment), variables=variables)
    for name in WORKERS:
        supervisor.start(describe_worker(name=name, folder=folder), variables=variables)


def _welcome(
    *, environment: Environment, folder: DataFolder, seconds: float, took: dict[str, float], say: Say
) -> None:
    """Print where Touchstone is, who may sign in, and what took how long."""
    parts = ", ".join(f"{name} {duration:.1f} s" for name, duration in took.items())
    say(f"Ready after {seconds:.1f} s ({parts}).")
    say(f"\n    {environment.address}\n")
    if folder.sign_ins.exists():
        say(folder.sign_ins.read_text().rstrip() + "\n")
    say("Ctrl-C stops everything.")
