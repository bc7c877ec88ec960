"""One window, two servers: the second is added, one goes away, both are there again after a restart."""

from pathlib import Path

import pytest

from tests.e2e.stage import PASSWORD, Stage, sign_in
from tests.fakes.server_process import ServerProcess
from tests.waiting import eventually


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_second_server_beside_the_first(stage: Stage, tmp_path: Path) -> None:
    other = ServerProcess(tmp_path / "other").start()
    ada, bora = stage.ada, stage.bora
    try:
        other.add("Adele", email="adele@example.org", password=PASSWORD)
        sign_in(ada, "Ada", stage.port)
        sign_in(bora, "Bora", stage.port)
        assert not ada.shows("Add a server")

        # by the menu behind the gear, one more server; nobody of the first sees anything of it
        ada.click_on("Settings")
        ada.choose("Up", "Up", "Up", "Return")
        ada.see("Join a server")
        ada.click_on("I have an account: sign in")
        ada.type_into("Server address", f"127.0.0.1:{other.port}")
        ada.type_into("E-mail address", "adele@example.org")
        ada.type_into("Password", PASSWORD)
        ada.press("Return")
        ada.see("Adele, you are: Online")
        signs = (f"This computer:{stage.port}", "ada@example.org", "Online")
        ada.see(*signs)
        bora.see("Ada, Online")

        # from one to the other by key and by click
        ada.press("ctrl+1")
        ada.see("Ada, you are: Online")
        ada.click_on(f"This computer:{other.port}", "adele@example.org")
        ada.see("Adele, you are: Online")

        # one server goes: the other does not mind
        stage.server.kill()
        ada.see(f"This computer:{stage.port}", "Unknown", within=60)
        assert ada.shows("Adele, you are: Online")
        assert not ada.shows("No connection.")
        stage.server.start()
        ada.see(*signs)

        # both are there after a restart, without a password, the one in view as before
        ada.close_app()
        bora.see("Ada, Offline", within=5)
        ada.start_app()
        ada.see("Adele, you are: Online")
        ada.see(*signs)
        bora.see("Ada, Online")
        ada.close_app()
        eventually(lambda: bora.shows("Ada, Offline"))
        bora.close_app()
    finally:
        other.kill()
