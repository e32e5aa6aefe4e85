"""A form that comes with a challenge is sent once the device has worked."""

from urllib.parse import parse_qs, urlsplit

from apps.participants.proof import challenge_for, solved_nonce
from apps.participants.queries import Identity
from tests.browser.way import COVER

READER = Identity(1, b"r" * 16)
MAKE = """(challenge) => {
  const form = document.createElement("form");
  form.method = "get";
  form.action = "/privacy/";
  form.dataset.challenge = JSON.stringify(challenge);
  form.dataset.working = "…";
  for (const [name, value] of [["lang", "ja"], ["proof", ""]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
  const button = document.createElement("button");
  Object.assign(button, { name: "vote", value: "3-agree", textContent: "vote" });
  form.append(button);
  document.querySelector("main").replaceChildren(form);
}"""
LOAD = "import('/static/js/proof.js').then(() => null)"
TWICE = "() => { const button = document.querySelector('main button'); button.click(); button.click(); }"


def sent(page):
    page.wait_for_url("**/privacy/?*")
    return parse_qs(urlsplit(page.url).query)


def test_press_waits_for_the_work_and_is_sent_with_its_button(open_page):
    page = open_page(path=COVER)
    challenge = challenge_for(READER)
    page.evaluate(MAKE, challenge)
    page.evaluate(LOAD)

    page.evaluate(TWICE)

    fields = sent(page)
    assert fields["vote"] == ["3-agree"]
    assert solved_nonce(fields["proof"][0], READER).hex() == challenge["parameters"]["nonce"]


def test_form_that_comes_later_is_served_as_well(open_page):
    page = open_page(path=COVER)
    page.evaluate(LOAD)
    page.evaluate(MAKE, challenge_for(READER))

    page.click("main button")

    assert solved_nonce(sent(page)["proof"][0], READER)


def test_without_web_crypto_the_press_goes_through_and_the_page_says_to_wait(open_page):
    page = open_page(path=COVER)
    page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    page.evaluate(MAKE, challenge_for(READER))
    page.evaluate(LOAD)

    page.click("main button")

    assert sent(page)["vote"] == ["3-agree"]
