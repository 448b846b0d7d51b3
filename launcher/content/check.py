"""Check that everything in data/ is as it has to be, before the assistant learns from it or says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from enquiry.agencies.agency import load_agency
from enquiry.agencies.areas import load_councils
from enquiry.content.out_of_scope import OutOfScopeFile, load_kinds
from enquiry.content.senders import SendersFile, answers_to_nowhere, load_senders
from enquiry.content.topic_schema import TopicFile
from enquiry.content.topics import mistakes_across, topic_examples, topics_of
from enquiry.content.wording import PLACES, UNKNOWN, load_wording
from enquiry.datafiles.examples import shared
from enquiry.datafiles.source import BrokenFile, Problem, Source, open_yaml
from enquiry.safeguarding.afterwards import PEOPLE, load_afterwards
from enquiry.safeguarding.categories import load_categories
from enquiry.safeguarding.private_text import load_private_words
from enquiry.screening.answers_file import AnswersFile, answers_to_nothing
from enquiry.screening.criteria_file import load_criteria
from launcher.bootstrap.troubles import Trouble
from launcher.content.check_examples import intent_examples, kind_examples
from launcher.content.check_placeholders import Places

ADD_TO_PLACES = "If the program does fill it, add it to PLACES in enquiry/content/wording.py."


@dataclass
class Findings:
    """What was found: mistakes, topics whose review is overdue, and how much was looked at."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    overdue: list[Problem] = field(default_factory=list)
    files: int = 0
    topics: int = 0
    examples: int = 0
    categories: int = 0

    @property
    def stop_hearth(self) -> bool:
        """Whether a file is broken without which Hearth can't run at all."""
        return any(problem.stops for problem in self.problems)

    def lines(self) -> list[str]:
        """Every mistake as a line of text, by file and line; files are named as seen from the project's folder."""
        return [str(problem).replace(f"{self.root}/", "") for problem in sorted(set(self.problems))]

    def warnings(self) -> list[str]:
        """Every overdue review as a line of text."""
        return [str(problem).replace(f"{self.root}/", "") for problem in sorted(self.overdue)]

    def overdue_summary(self) -> str:
        """One line on overdue reviews, empty where there are none."""
        many = len(self.overdue)
        return f"Topics to be read again by their owners: {many}. ./hearth check lists them." if many else ""

    def summary(self) -> str:
        """One line that says how it went."""
        many = len(self.lines())
        if many:
            return f"{many} to put right. Until then the assistant learns nothing from data/."
        counts = f"{self.topics} topics, {self.examples} examples, {self.categories} disclosure categories"
        return f"{self.files} files… {counts}: all well."


class BadData(Trouble):
    """Files in data/ hold mistakes; the text lists them all."""

    def __init__(self, findings: Findings) -> None:
        super().__init__("\n".join([*findings.lines(), findings.summary()]))
        self.findings = findings


def check(root: Path, today: date | None = None) -> Findings:
    """Look through everything in data/.

    Args:
        root: the project's folder.
        today: the day to compare reviews with; this one when None.
    """
    return _Check(root, today or datetime.now(UTC).date()).run()


def refuse_mistakes(root: Path) -> Findings:
    """Look through everything in data/ before something is made from it.

    Raises:
        BadData: there are mistakes.
    """
    findings = check(root)
    if findings.problems:
        raise BadData(findings)
    return findings


class _Check:
    """One look through data/."""

    def __init__(self, root: Path, today: date) -> None:
        self.data = root / "data"
        self.today = today
        self.findings = Findings(root)
        self.sources: dict[Path, Source] = {}

    def run(self) -> Findings:
        self._read()
        topics, intents = self._in("topics"), self._in("nlu")
        kinds = [source for source in self.sources.values() if source.file == self.data / "out_of_scope.yml"]
        if not topics:
            self._found(
                [Problem(self.data / "topics", 1, "there is no file of topics here. Add one, such as who.yml.")]
            )
        for source in topics:
            self._found(TopicFile.check(source)[1])
            self._look_for_overdue(source)
        self._found(mistakes_across(topics))
        for source in kinds:
            stops = self._stops(load_kinds, source.file)
            self._found(replace(problem, stops=stops) for problem in OutOfScopeFile.check(source)[1])
        for source in self.sources.values():
            if source.file == self.data / "senders.yml":
                stops = self._stops(load_senders, source.file)
                self._found(replace(problem, stops=stops) for problem in SendersFile.check(source)[1])
                self._found(answers_to_nowhere(source, topics))
        learned = [example for source in topics for example in topic_examples(source)]
        self.findings.topics = sum(len(list(topics_of(source))) for source in topics)
        self.findings.examples = len(learned) - self.findings.topics  # the titles are no examples of their own
        learned += [example for source in intents for example in intent_examples(source)]
        learned += [example for source in kinds for example in kind_examples(source)]
        self._found(shared(learned))
        agencies = self._load_all()
        if agencies:
            self._look_at_places(Places(agencies), topics, kinds)
        return self.findings

    def _read(self) -> None:
        for file in sorted(self.data.rglob("*.yml")):
            self.findings.files += 1
            try:
                source = open_yaml(file)
            except BrokenFile as broken:
                # Without its topics Hearth still runs; without its criteria, agencies or wording it doesn't.
                stops = file.parent == self.data or file.parent.name in ("agencies", "wording", "safeguarding", "rules")
                self._found(replace(problem, stops=stops) for problem in broken.problems)
            else:
                self.sources[file] = source
                self._found(source.doubled_keys())

    def _in(self, folder: str) -> list[Source]:
        return [source for file, source in self.sources.items() if file.parent == self.data / folder]

    def _found(self, problems: Iterator[Problem] | list[Problem]) -> None:
        self.findings.problems += problems

    def _load_all(self) -> dict[str, Any]:
        """Let each file's own loader look at it, and take the agencies' facts from theirs."""
        criteria = self._load(load_criteria, self.data / "criteria.yml")
        for source in self._in("answers"):
            self._found(AnswersFile.check(source)[1])
            self._found(answers_to_nothing(source, criteria) if criteria else [])
        self.findings.categories = len(self._load(load_categories, self.data / "safeguarding.yml") or ())
        self._load(load_afterwards, self.data / "afterwards.yml")
        self._load(load_private_words, self.data / "private_text.yml")
        self._load(load_wording, self.data / "wording")
        self._load(load_councils, self.data / "councils.yml")
        found = [self._load(load_agency, source.file) for source in self._in("agencies")]
        if not found:
            self._found(
                [
                    Problem(
                        self.data / "agencies",
                        1,
                        "there is no agency here. Add one, such as leicestershire.yml.",
                        stops=True,
                    )
                ]
            )
        return {agency.slug: agency.facts for agency in found if agency is not None}

    def _load[Loaded](self, loader: Callable[[Path], Loaded], file: Path) -> Loaded | None:
        try:
            return loader(file)
        except BrokenFile as broken:
            self._found(replace(problem, stops=True) for problem in broken.problems)
        except FileNotFoundError:
            self._found(
                [Problem(file, 1, "this file is missing. Take it from the last version that worked.", stops=True)]
            )
        return None

    @staticmethod
    def _stops(loader: Callable[[Path], object], file: Path) -> bool:
        """Whether a loader, which looks at no more than is said, can't take the file either."""
        try:
            loader(file)
        except BrokenFile:
            return True
        return False

    def _look_for_overdue(self, source: Source) -> None:
        for number, raw in topics_of(source):
            due = raw.get("review_by")
            if type(due) is date and due < self.today:
                name = TopicFile.subject(source, ("topics", number))
                text = f"warning: {name} was to be read again by {due}. Ask its owner ({raw.get('owner')}) to."
                self.findings.overdue.append(source.problem(text, "topics", number, "review_by"))

    def _look_at_places(self, places: Places, topics: list[Source], kinds: list[Source]) -> None:
        for source in topics:
            self._found(places.mistakes(source, also=("next_event",), only=("answer",)))
        for source in kinds:
            self._found(places.mistakes(source, only=("reply",)))
        for source in self._in("wording"):
            if source.file.name == UNKNOWN:
                # A phrase holds where its facts are known; only what stands instead has to be said by everyone.
                self._found(places.mistakes(source, only=("instead",)))
            else:
                self._found(places.mistakes(source, also=PLACES, remedy=ADD_TO_PLACES))
        for name, also in (("criteria.yml", ()), ("safeguarding.yml", ()), ("afterwards.yml", (PEOPLE,))):
            if self.data / name in self.sources:
                # A number that is not known is left out of the numbers to ring.
                self._found(places.mistakes(self.sources[self.data / name], also=also, may_be_unknown=("number",)))
