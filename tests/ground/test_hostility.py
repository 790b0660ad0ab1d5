"""The environment of every test is hostile, and stays so."""

import os
import socket
import time
import warnings

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError


# The guard warns too, for whoever swallows its error; here the error itself is looked at.
@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_unit_test_opens_no_socket() -> None:
    with pytest.raises(SocketBlockedError):
        socket.socket()


@pytest.mark.loopback
@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_a_marked_test_reaches_this_machine_and_no_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("anything", UserWarning, stacklevel=1)


def test_nothing_of_the_real_environment_configures_the_product_or_reaches_aws() -> None:
    foreign = {n for n in os.environ if n.startswith(("ZAGORA_", "CHALICE_", "MOTO_", "BOTO_"))}
    assert foreign == set()
    assert os.environ["AWS_ACCESS_KEY_ID"] == "testing"
    assert "AWS_PROFILE" not in os.environ
    assert "AWS_ENDPOINT_URL" not in os.environ


def test_local_time_is_nobodys_here() -> None:
    assert time.tzname[0] not in {"UTC", "EET", "CET"}
