"""A page in which a run writes its table between two marks."""


def insert(page: str, shown: str, begin: str, end: str) -> str:
    """The page with the table between its marks. Raises ValueError if it has no marks."""
    head, _, rest = page.partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise ValueError(f"the page has no {begin} … {end}")
    return f"{head}{begin}\n{shown}\n{end}{tail}"
