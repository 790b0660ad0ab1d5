"""`make demo`: one case's whole story, against the running stack, step by step in the terminal."""

import secrets
import sys

import httpx
from rich.console import Console

from infra.cli.verify import verify_file
from infra.local.caller import Caller, Json, Payer, read_endpoints
from infra.local.telling import FOLDER, Failed, Teller, words

APPLICATION: Json = {
    "service": "permanent-address",
    "tier": "regular",
    "delivery": "portal",
    "language": "bg",
    "answers": {"purpose": "bank", "truth": True},
}


class Demo(Teller):
    """The story; each step says what was asked, shows the answer and saves it."""

    def __init__(self, endpoints: Json, out: Console) -> None:
        super().__init__(out)
        self.endpoints = endpoints
        self.citizen = Caller(endpoints, "citizen1")
        self.official = Caller(endpoints, "registrar")
        self.number = ""

    def tell(self) -> None:
        """From the offer to the checked document."""
        self.apply()
        self.pay()
        self.decide()
        self.fetch()
        self.check_journal()
        self.step("The end", f"everything is in {FOLDER}")
        page = f"{self.endpoints['portal']}/bg/cases/{self.number}"
        self.say(f"The case in the portal: [link={page}]{page}[/link]\n")

    def apply(self) -> None:
        """A citizen finds the service and applies."""
        service = self.ask(self.citizen.get("/services/permanent-address"))
        self.step("A citizen finds a service", "GET /services/permanent-address")
        self.out.print(words.service(service))
        filed = self.ask(self.citizen.post("/cases", APPLICATION, secrets.token_hex(16)))
        self.number = filed["number"]
        self.step("and applies", "POST /cases")
        self.out.print(words.receipt(filed))
        self.save("receipt.json", filed)

    def pay(self) -> None:
        """Through the simulated operator, who tells the system by its callback."""
        path = f"/cases/{self.number}/payments"
        checkout = self.ask(self.citizen.post(path, {"operator": "epay"}, secrets.token_hex(16)))
        self.step("pays at ePay.bg (simulated)", f"POST {path}")
        payer = Payer(self.endpoints, self.citizen.http)
        back = payer.press(payer.arrive(checkout), "pay")
        self.save("checkout.json", checkout)
        self.say(f"invoice {checkout['invoice']}; the browser goes back to {back}")
        case = self.until(self.see, self.in_examination, "the case is under examination")
        self.save("case-paid.json", case)
        self.out.print(words.term_runs(case["deadline"]))

    def decide(self) -> None:
        """An official takes the task and approves."""
        tasks = self.ask(self.official.get("/worklist"))["items"]
        self.step("A registrar sees the task", "GET /worklist")
        self.out.print(words.worklist(tasks, self.number))
        path = f"/cases/{self.number}"
        self.ask(self.official.post(f"{path}/assignments", {"action": "claim"}))
        self.step("takes it", f"POST {path}/assignments")
        self.ask(self.official.post(f"{path}/decisions", {"outcome": "approve"}))
        self.step("and approves", f"POST {path}/decisions")

    def fetch(self) -> None:
        """The sealed document, and what anybody can find out about it."""
        case = self.until(
            self.see, lambda case: case["status"] == "issued", "the document is issued"
        )
        (document,) = case["documents"]
        link = self.ask(self.citizen.get(f"/documents/{document['id']}"))
        pdf = self.citizen.http.get(link["url"]).content
        self.step("The citizen downloads the document", f"GET /documents/{document['id']}")
        self.save("certificate.pdf", pdf)
        with Caller(self.endpoints) as anybody:
            found = self.ask(
                anybody.get(f"/documents/{document['id']}/verification", digest=link["digest"])
            )
        self.step("and anybody checks it", f"GET /documents/{document['id']}/verification")
        self.out.print(words.verdict(found))
        self.save("verification.json", found)

    def check_journal(self) -> None:
        """The journal, checked with nothing but the published keys."""
        journal = self.ask(self.citizen.get(f"/cases/{self.number}/journal"))
        self.step("The journal of the case", f"GET /cases/{self.number}/journal")
        self.out.print(words.journal(journal["entries"]))
        keys = self.citizen.http.get(f"{self.endpoints['portal']}/.well-known/jwks.json")
        self.save("keys.json", keys.json())
        file = self.save("journal.json", journal)
        self.step("is checked on one's own computer", f"zagora verify {file.name}")
        self.say(f"[green]✓[/green] {verify_file(file, None)}")

    def in_examination(self, case: Json) -> bool:
        """Whether an official can act."""
        return bool(case["phase"]) and case["phase"]["id"] == "examination"

    def is_issued(self, case: Json) -> bool:
        """Whether there is a result."""
        return bool(case["status"] == "issued")

    def see(self) -> Json:
        """The case as it is."""
        return self.ask(self.citizen.get(f"/cases/{self.number}"))


def main() -> int:
    """0 when the story was told to its end."""
    out = Console(highlight=False)
    try:
        Demo(read_endpoints(), out).tell()
    except FileNotFoundError:
        print("Nothing is running here. Start it first, in another terminal: make run")
    except Failed as failed:
        out.print(f"[red]{failed}[/red]")
    except httpx.HTTPError as error:
        out.print(f"[red]The stack does not answer ({type(error).__name__}); see make run[/red]")
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
