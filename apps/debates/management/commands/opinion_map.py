"""`opinion_map SLUG`: what the votes of a debate come to. The mathematics is imported when it is needed."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from apps.common.progress import Progress
from apps.common.threads import count_in_one_thread
from apps.debates.models import Debate
from apps.debates.polis.tables import FileFault
from apps.debates.queries import debate_by_slug, map_by_number, outside_ids, statements_of

if TYPE_CHECKING:
    from apps.debates.maps.scoring import Asked

METHODS = ("toikake", "polis")
RUN_STEPS = 3  # votes read, map drawn, done
MOST_SHOWN = 5
LARGEST_SEED = 2**63 - 1


class Command(BaseCommand):
    help = "Draws the map of a debate: nothing shared, a spectrum or groups, with how well it foretells hidden votes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="address of the inquiry")
        parser.add_argument("--method", choices=METHODS, default="toikake")
        parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same map (default 1)")
        parser.add_argument("--json", action="store_true", help="as JSON instead of sentences")
        parser.add_argument("--with-participants", action="store_true", help="and where everyone stands, in the JSON")
        parser.add_argument("--replay", metavar="N", type=int, help="compute stored map no. N again and compare it")
        parser.add_argument("--score", metavar="FILE", type=Path, help="CSV of hidden votes: voter-id,comment-id,vote")
        parser.add_argument("--out", metavar="F", type=Path, help="where the probabilities of those votes are written")

    @no_translations
    def handle(self, *args: object, **options: Any) -> None:
        debate = debate_by_slug(options["slug"])
        check(options)
        if debate is None:
            raise CommandError(f"There is no inquiry {options['slug']} with a debate.", returncode=2)
        count_in_one_thread()
        if options["replay"] is not None:
            self.replay(debate, options["replay"], as_json=options["json"])
            return
        asked = read_hidden(options["score"]) if options["score"] else None

        from apps.debates.maps.runs import as_json, run_map

        with Progress(sys.stderr, RUN_STEPS) as progress:
            run = run_map(debate, method=options["method"], seed=options["seed"], advance=progress.advance)
        found = as_json(run, outside_ids(debate), with_participants=options["with_participants"])
        if asked:
            from apps.debates.maps.scoring import score, write_scores

            try:
                write_scores(options["out"], asked, *score(run, debate, asked))
            except OSError as error:
                raise CommandError(f"{options['out']} cannot be written: {error.strerror}.", returncode=2) from error
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(sentences(debate, found)))

    def replay(self, debate: Debate, number: int, *, as_json: bool) -> None:
        """From the log of votes up to the row where that map was drawn. Exit code 1 where it does not come out."""
        stored = map_by_number(debate.pk, number)
        if stored is None:
            raise CommandError(f"There is no stored map no. {number} of {debate}.", returncode=2)

        from apps.debates.maps.making import STEPS, code_version, replay

        with Progress(sys.stderr, STEPS) as progress:
            again = replay(stored=stored, advance=progress.advance)
        compared = {
            "map": number,
            "checksum": stored.checksum,
            "again": again.checksum,
            "same": again.checksum == stored.checksum,
            "same_code": stored.code_version == code_version(),
            "erased_since": stored.ballots - again.ballots,
        }
        self.stdout.write(json.dumps(compared) if as_json else replayed(debate, compared))
        if not compared["same"]:
            raise CommandError(f"Map no. {number} of {debate} did not come out the same.", returncode=1)


def replayed(debate: Debate, compared: dict[str, Any]) -> str:
    """What came of it, and what would explain a difference."""
    name = f"Map no. {compared['map']} of {debate}"
    if compared["same"]:
        return f"{name} comes out the same: checksum {compared['checksum']}"
    said = [f"{name} was stored with checksum {compared['checksum']}", f"and comes out as {compared['again']}."]
    if compared["erased_since"]:
        said.append(f"Readers whose votes were erased since then: {compared['erased_since']:,}.")
    if not compared["same_code"]:
        said.append("The code that draws maps has changed since then.")
    return " ".join(said)


def check(options: dict[str, Any]) -> None:
    if bool(options["score"]) != bool(options["out"]):
        raise CommandError("--score and --out need each other.", returncode=2)
    if options["with_participants"] and not options["json"]:
        raise CommandError("--with-participants needs --json.", returncode=2)
    if options["replay"] is not None and (options["score"] or options["with_participants"]):
        raise CommandError("--replay only compares; it takes neither --score nor --with-participants.", returncode=2)
    if not 0 <= options["seed"] <= LARGEST_SEED:
        raise CommandError("A seed is a whole number from 0 on.", returncode=2)


def read_hidden(path: Path) -> "Asked":
    from apps.debates.maps.scoring import read_asked

    try:
        return read_asked(path)
    except FileFault as fault:
        raise CommandError(f"{path} cannot be scored. {fault}") from fault
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=2) from error


def sentences(debate: Debate, found: dict[str, Any]) -> list[str]:
    """The map in words, the clearest statements with it."""
    said = [
        f"{debate}, by the method {found['method']} with seed {found['seed']}: {found['readers']:,} readers,"
        f" {found['votes']:,} votes, {len(found['statements']):,} statements.",
        story(found),
    ]
    if found["gain"] is not None:
        way = "better" if found["gain"] >= 0 else "worse"
        said.append(f"Hidden votes are foretold {abs(found['gain']):.3f} nats a vote {way} than by averages.")
    if found["stability"] is not None:
        said.append(f"Two samples of nine in ten readers agree to {found['stability']:.2f}.")
    if found["null_rate"] is not None:
        said.append(f"Of votes dealt at random the same story is told in {found['null_rate']:.0%} of draws.")
    return [*said, *shared(debate, found), f"Checksum {found['checksum']}"]


def story(found: dict[str, Any]) -> str:
    if found["story"] == "spectrum":
        return f"The votes tell a spectrum, in {found['d']} dimension{'s' if found['d'] > 1 else ''}."
    if found["story"] == "groups":
        sizes = ", ".join(f"{group['size']:,}" for group in found["groups"])
        return f"The votes tell {found['k']} groups, of {sizes} readers."
    return "The votes show nothing yet that readers share beyond how they answer."


def shared(debate: Debate, found: dict[str, Any]) -> list[str]:
    """The statements that most sides agree with."""
    by = "bridging" if found["method"] == "toikake" else "consensus"
    ranked = sorted((each for each in found["statements"] if each[by] is not None), key=lambda each: -each[by])
    if not ranked:
        return []
    ids = outside_ids(debate)
    texts = {ids[number]: text for number, text in statements_of(debate).values_list("number", "text")}
    lines = (f"  {each[by]:.2f}  {each['id']}  {' '.join(texts[each['id']].split())}" for each in ranked[:MOST_SHOWN])
    return ["Agreed with on all sides:", *lines]
