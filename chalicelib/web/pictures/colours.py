"""Fill and border of each kind of phase: ink on every fill has more than 7:1, borders on white
more than 4.5:1. The words say the same: colour alone says nothing."""

from chalicelib.domain.services.words import PhaseKind

COLOURS: dict[PhaseKind, tuple[str, str]] = {
    "payment": ("#fff2d3", "#8a5a00"),
    "human": ("#dcebfa", "#1d4f91"),
    "joint": ("#dcebfa", "#1d4f91"),
    "outside": ("#eee6f7", "#5b3a91"),
    "correction": ("#fde4dc", "#a2381a"),
    "automatic": ("#eef1f2", "#505a5f"),
    "register": ("#eef1f2", "#505a5f"),
    "document": ("#dff1e4", "#1f6b3a"),
    "delivery": ("#dff1e4", "#1f6b3a"),
}
