"""What the environment may say, and what is answered to the rest."""

import json
import socket
from pathlib import Path

import pytest

from config.launcher.environment import ROOT, read_environment
from config.launcher.errors import LaunchError
from config.launcher.folder import KEPT_LOGS, DataFolder
from config.launcher.llm import check_model, describe_llm, has_gpu, traits_of
from config.launcher.port import check_port
from config.launcher.programs import describe_web, share_variables
from tests.launcher.installation import free_port
from tests.models.folders import model_folder


def test_defaults_keep_it_on_this_machine() -> None:
    """Without any variable it listens on this machine's port 8000 and keeps its data in var."""
    environment = read_environment(variables={})
    assert (environment.host, environment.port, environment.data_dir) == ("127.0.0.1", 8000, ROOT / "var")
    assert environment.address == "http://127.0.0.1:8000"
    assert "--no-proxy-headers" in describe_web(environment).command


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT is 'eighty': give a number from 1 to 65535, for example PORT=8000."),
        ({"PORT": "65536"}, "PORT is '65536': give a number from 1 to 65535, for example PORT=8000."),
        (
            {"LLM_URL": "http://llm/v1"},
            "LLM_URL is set but LLM_MODEL is not: name a model that http://llm/v1 serves.",
        ),
        (
            {"LLM_URL": "http://llm/v1", "LLM_MODEL": "m", "LLM_PATH": "/models/m"},
            "LLM_URL and LLM_PATH are both set: keep the one that you want and unset the other.",
        ),
        (
            {"LLM_PATH": "/nowhere/at/all"},
            "LLM_PATH is /nowhere/at/all, which holds no config.json: name the folder of a saved model.",
        ),
    ],
)
def test_what_makes_no_sense_is_one_sentence(variables: dict[str, str], sentence: str) -> None:
    """Each mistake is named together with what to do."""
    with pytest.raises(LaunchError) as raised:
        read_environment(variables=variables)
    assert str(raised.value) == sentence


def test_an_adapter_is_no_whole_model_and_says_how_to_make_one(tmp_path: Path) -> None:
    """What a LoRA run leaves is served after it was merged."""
    (tmp_path / "adapter_config.json").write_text("{}")
    with pytest.raises(LaunchError, match=rf"engine\.local\.merge {tmp_path} A_NEW_FOLDER"):
        read_environment(variables={"LLM_PATH": str(tmp_path)})


@pytest.mark.parametrize(("says", "reads"), [({"max_position_embeddings": 2048}, "2048"), ({}, "0")])
def test_an_installation_knows_what_its_own_server_does_not_say(
    tmp_path: Path, says: dict[str, int], reads: str
) -> None:
    """It samples as in its first request, and would end with what is longer than it reads."""
    (tmp_path / "config.json").write_text(json.dumps(says))
    assert traits_of(model=tmp_path) == {"LLM_FIXED_TEMPERATURE": "0", "LLM_CONTEXT_TOKENS": reads}


def test_what_a_server_reads_is_bounded_by_its_cache(tmp_path: Path) -> None:
    """64 blocks of 256 tokens are 16,384, however long the model itself could read."""
    (tmp_path / "config.json").write_text('{"text_config": {"max_position_embeddings": 131072}}')
    reads = traits_of(model=tmp_path)["LLM_CONTEXT_TOKENS"]
    assert reads == ("131072" if has_gpu() else "16384")


def test_an_address_for_all_networks_is_printed_as_one_to_open() -> None:
    """0.0.0.0 can be listened on but not opened."""
    environment = read_environment(variables={"HOST": "0.0.0.0", "PORT": "81", "TRUSTED_PROXY": "1"})  # noqa: S104
    assert environment.address == "http://127.0.0.1:81"
    assert "--proxy-headers" in describe_web(environment).command


def test_a_taken_port_names_the_variable() -> None:
    """The next port is offered."""
    port = free_port()
    check_port(host="127.0.0.1", port=port)
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(LaunchError, match=rf"Port {port} on 127\.0\.0\.1 is taken .* PORT={port + 1}"):
            check_port(host="127.0.0.1", port=port)


def test_an_address_of_another_machine_is_refused() -> None:
    """HOST must be an address of this machine."""
    with pytest.raises(LaunchError, match=r"HOST=192\.0\.2\.1 cannot be listened on"):
        check_port(host="192.0.2.1", port=8000)


def test_children_ask_no_hub_and_wait_without_spinning(tmp_path: Path) -> None:
    """Every child works offline, sends no telemetry, and takes the launcher's choice of store."""
    shared = share_variables(
        inherited={"REDIS_URL": "", "PATH": "/bin", "HF_HUB_OFFLINE": "0"},
        folder=DataFolder(tmp_path),
        redis_url="unix:///tmp/s",
        llm_url="",
        llm_model="",
    )
    assert shared["REDIS_URL"] == "unix:///tmp/s"
    assert shared["OMP_WAIT_POLICY"] == "passive"
    assert shared["HF_HUB_DISABLE_TELEMETRY"] == "1"
    assert shared["DJANGO_SETTINGS_MODULE"] == "config.settings.production"
    assert shared["HF_HUB_OFFLINE"] == "0"  # whoever sets it knows why
    assert shared["PATH"] == "/bin"


def test_a_model_folder_is_served_on_this_machine_only(tmp_path: Path) -> None:
    """The server of LLM_PATH listens where only this machine reaches it."""
    command = list(describe_llm(model=tmp_path, port=4321).command)
    assert command[command.index("--host") + 1] == "127.0.0.1"
    assert command[command.index("--port") + 1] == "4321"
    assert str(tmp_path) in command


def test_logs_of_the_last_starts_are_kept(tmp_path: Path) -> None:
    """A start sets the last log aside; only a few are kept."""
    folder = DataFolder(tmp_path)
    folder.logs.mkdir()
    for start in range(1, KEPT_LOGS + 3):
        folder.rotate_logs()
        folder.log("web").write_text(f"start {start}")
    assert sorted(path.name for path in folder.logs.iterdir()) == [
        "web.1.log",
        "web.2.log",
        "web.3.log",
        "web.log",
    ]
    assert folder.log("web").read_text() == "start 5"
    assert (folder.logs / "web.1.log").read_text() == "start 4"
    assert (folder.logs / "web.3.log").read_text() == "start 2"


def test_a_folder_that_cannot_be_served_is_refused_before_anything_starts(tmp_path: Path) -> None:
    """Weights that can run code are not served either."""
    folder = model_folder(tmp_path / "model")
    check_model(model=folder)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")

    with pytest.raises(LaunchError, match=f"LLM_PATH is {folder}. Its weights are pickles"):
        check_model(model=folder)
