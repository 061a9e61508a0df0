"""A counter's name as displays write it."""


def tile(name: str) -> dict[str, str]:
    """``Loket 2`` as word and place; a counter called otherwise is all place (``placeName`` of the displays)."""
    word, _, place = name.partition(" ")
    return {"word": word, "place": place} if place and word.lower() == "loket" else {"word": "", "place": name}
