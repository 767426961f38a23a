"""A directory that is read from a CSV file, for pages that show what a source says of people."""

from typing import Any

from tests import granting
from tests.end_to_end.site import Site

IMPORTANT = "0144556677"
"The number of the one who is important."
FILE = f"""id;gn;sn;org;tel;gsm;hide;mail;mail2;site;adr;job;vip
1;Claire;Vasseur;Vasseur & Fils;{IMPORTANT};0677889900;LR;claire@vasseur.example;cv@home.example;\
www.vasseur.example;12 rue de l’Été, 06000 Nice;Buyer;Answer at once
2;;Vasseur;Vasseur;0493445566;;;claire@vasseur.example;;;;;
3;Denis;Hidden;;;0612312312;LR;;;;;;
"""
DIRECTORY: dict[str, Any] = {
    "name": "Buyers",
    "connector": "csv",
    "settings": {"file": "buyers.csv"},
    "mapping": {
        "identifier": "id",
        "first_name": "gn",
        "last_name": "sn",
        "organisation": "org",
        "work": "tel",
        "mobile": "gsm",
        "mobile_red": "hide",
        "email1": "mail",
        "email2": "mail2",
        "website": "site",
        "private0": "adr|a",
        "private1": "job",
        "private2": "vip",
    },
    "labels": {"private0": "Address", "private1": "Profession", "private2": "[VIP]"},
    "merge": True,
}


async def with_customers(site: Site) -> None:
    """Once a site: the directory, granted to everybody, synchronised."""
    if any(row["name"] == DIRECTORY["name"] for row in await site.admin.get("/admin/directories")):
        return
    file = site.tws.data / "files" / site.company / DIRECTORY["settings"]["file"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(FILE, "utf-8")
    row = await site.admin.post("/admin/directories", domain=site.domain, **DIRECTORY)
    grant = granting.directory(row["id"], domain=site.domain)
    await site.admin.post("/admin/grants", **granting.sent(grant))
    async with site.admin.live() as live:
        await site.admin.post(f"/admin/directories/{row['id']}/synchronise")

        def done() -> bool:
            state = live.state.get(f"run/{row['id']}", {}).get("state")
            assert state not in ("failed", "cancelled"), live.state[f"run/{row['id']}"]
            return bool(state == "done")

        await live.until(done, "a synchronised directory")
