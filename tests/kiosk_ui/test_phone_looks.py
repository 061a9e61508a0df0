"""What can be measured of the phone's looks."""

# A hundred people ahead, in each language: each text of the place, and on how many lines it stands.
LINES_OF_PLACE = """(languages) => languages.flatMap((language) => {
  const choice = document.querySelector("#language");
  choice.value = language;
  choice.dispatchEvent(new Event("change"));
  const row = document.querySelector(".place-row");
  const texts = JSON.parse(document.querySelector("#page-data").textContent).texts[language];
  row.querySelector("b").textContent = texts.people.replace("{n}", "123");
  row.querySelector("span").textContent = texts.ahead_of_you;
  return [...row.children].map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return [one.textContent, range.getClientRects().length];
  });
})"""


def test_place_and_wait_stand_on_one_line_each_on_a_narrow_phone(hall, new_phone, ticket):
    phone = new_phone(hall, ticket()["token"])
    phone.state("waiting")
    words = phone.page.evaluate(LINES_OF_PLACE, ["id", "en", "su"])
    assert words and {lines for _, lines in words} == {1}, words


# In each language: the chosen name as it needs to be and as it has room, and the tops of the last "or" and its counter.
ROOM = """(languages) => languages.map((language) => {
  const choice = document.querySelector("#language");
  choice.value = language;
  choice.dispatchEvent(new Event("change"));
  const free = choice.cloneNode(true);
  free.style.maxWidth = "none";
  choice.after(free);
  const wanted = free.getBoundingClientRect().width;
  free.remove();
  const last = document.querySelector(".where .last-place");
  return [language, wanted - choice.getBoundingClientRect().width, last.getClientRects().length, last.children.length];
})"""


def test_the_language_s_name_is_whole_and_no_line_ends_in_or(hall, new_phone, ticket):
    phone = new_phone(hall, ticket()["token"])
    phone.state("waiting")
    for language, lacks, pieces, tiles in phone.page.evaluate(ROOM, ["id", "en", "su"]):
        assert (lacks <= 0, pieces, tiles) == (True, 1, 1), language
