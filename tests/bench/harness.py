"""What a measurement is: two sides measured in turns, the median of the rounds' own ratios, and a floor it may not fall under."""

import statistics
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

Side = Callable[[], Awaitable[float]]


class Better(StrEnum):
    """Which way is good. A share of the peer's rate shall be high; a multiple of the peer's time shall be low."""

    HIGHER = "higher"
    LOWER = "lower"


class Verdict(StrEnum):
    """Where the ratio stands."""

    AIM = "reaches the aim"
    FLOOR = "over the floor"
    UNDER = "UNDER THE FLOOR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a ratio must hold (`floor`) and what it should reach (`aim`)."""

    floor: float
    aim: float
    better: Better = Better.HIGHER

    def verdict(self, ratio: float) -> Verdict:
        """The verdict on a ratio; to stand exactly on a limit is to hold it."""
        if self._holds(ratio, self.aim):
            return Verdict.AIM
        return Verdict.FLOOR if self._holds(ratio, self.floor) else Verdict.UNDER

    def _holds(self, ratio: float, limit: float) -> bool:
        return ratio >= limit if self.better is Better.HIGHER else ratio <= limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the report: the ratios of its rounds, its limit, the figures behind it and how they were got."""

    name: str
    rounds: tuple[float, ...]
    limit: Limit
    figures: tuple[tuple[str, str], ...]
    how: str

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.rounds)

    @property
    def printed(self) -> str:
        """The ratio as people read it."""
        return self.as_printed(self.ratio)

    @property
    def span(self) -> str:
        """The least and the largest of the rounds."""
        return f"{self.as_printed(min(self.rounds))}–{self.as_printed(max(self.rounds))}"

    def as_printed(self, value: float) -> str:
        """A share of the peer's as it is; a multiple of it with its sign."""
        is_share = self.limit.better is Better.HIGHER and self.limit.floor < 1
        return f"{value:.2f}" if is_share else f"×{value:.2f}"

    @property
    def verdict(self) -> Verdict:
        """Where the ratio stands, rounded as it is printed."""
        return self.limit.verdict(round(self.ratio, 2))


@dataclass(frozen=True, slots=True)
class Turns:
    """The two sides' figures, round by round."""

    ours: tuple[float, ...]
    peers: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Each round's own ratio: what else the machine does in a round slows both sides."""
        return tuple(one / other for one, other in zip(self.ours, self.peers, strict=True))

    @property
    def our_median(self) -> float:
        """Our own figure."""
        return statistics.median(self.ours)

    @property
    def peer_median(self) -> float:
        """The peer's figure."""
        return statistics.median(self.peers)


async def in_turns(ours: Side, peers: Side, *, rounds: int, warm_up: bool = True) -> Turns:
    """Both sides, one after the other; who begins changes from round to round, and a first round is thrown away."""
    if warm_up:
        await ours()
        await peers()
    found: list[tuple[float, float]] = []
    for number in range(rounds):
        if number % 2:
            peer = await peers()
            found.append((await ours(), peer))
        else:
            our = await ours()
            found.append((our, await peers()))
    return Turns(tuple(our for our, _ in found), tuple(peer for _, peer in found))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed; nearest rank. ValueError when there is none."""
    if not values:
        raise ValueError("no values")
    ranked = sorted(values)
    return ranked[max(0, -(-int(share * 10_000) * len(ranked) // 10_000) - 1)]


def failed(rows: Sequence[Row]) -> list[Row]:
    """The rows under their floor."""
    return [row for row in rows if row.verdict is Verdict.UNDER]
