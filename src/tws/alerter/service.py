"""Who is shown what of a call, and the templates that administrators write for it (9.2.1)."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tws.alerter import pop
from tws.alerter.callers import Called, Directories, Named, caller, caller_in
from tws.alerter.model import AlerterMode, Button, Caller, Mistake, Pop, Template
from tws.alerter.sample import sample
from tws.alerter.template import LARGEST, Mistaken, as_text, parse
from tws.alerter.templates import Templates, is_template
from tws.alerter.tokens import program_of, unknown
from tws.directory.company_files import CompanyFileService
from tws.directory.lines import read_by
from tws.directory.own_fields import labels_of
from tws.directory.sight import Sight
from tws.errors import invalid, missing
from tws.naming import Names
from tws.organisation.actor import Actor, CompanyId, UserId
from tws.organisation.model import UserDevice
from tws.organisation.parameters.catalogue.alerter import (
    ALERTER_HEIGHT,
    ALERTER_MODE,
    ALERTER_PROGRAMS,
    ALERTER_URL,
    ALERTER_WIDTH,
    ALERTER_XML,
)
from tws.organisation.parameters.explaining import Parameters
from tws.organisation.parameters.programs import fold, listed
from tws.organisation.permission import managed_company
from tws.organisation.registry import Registry
from tws.sentences import sentence
from tws.telephony.model import Call, Connection, Direction, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFile:
    """A template among the files of a company."""

    name: str
    size: int
    changed: datetime
    mistakes: tuple[Mistake, ...]
    chosen: int
    "How many values of `AlerterXml` name it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What comes of a text that is not stored."""

    mistakes: tuple[Mistake, ...]
    unknown: tuple[str, ...]
    "Tokens that nothing is known of: they stay empty."
    unlisted: tuple[str, ...]
    "Programs that `AlerterPrograms` lets nobody start."
    pop: Pop | None
    "None where there are mistakes."


class AlerterService:
    def __init__(
        self,
        registry: Registry,
        names: Names,
        templates: Templates,
        files: CompanyFileService,
        *,
        server: str,
        origin: str,
    ) -> None:
        """`server`: its name. `origin`: how people reach it, or empty."""
        self._registry, self._names = registry, names
        self.templates, self._files = templates, files
        self._server, self._origin = server, origin
        self._parameters = Parameters(registry)
        self._line = read_by(Sight(registry).plan_of_contact)

    # ------------------------------------------------------------ calls

    def pop(self, device: UserDevice, call: Call, own: Connection) -> Pop | None:
        """What the user of a device is shown of an incoming call; None of any other. Who may be
        shown it is for who asks to know."""
        known = self._caller(device, call, own)
        if own.direction is not Direction.INCOMING or known is None:
            return None
        width, height = (int(self._value(device.user, name)) for name in _SIZE)
        if self._value(device.user, ALERTER_MODE) == AlerterMode.URL:
            address = str(self._value(device.user, ALERTER_URL))
            return pop.page(address, known, width, height)
        template, mistaken = self._template(device)
        programs = self.programs(device.user)
        return pop.drawn(template, known, width, height, programs, mistaken=mistaken)

    def programs(self, user: UserId) -> tuple[str, ...]:
        """Full paths of those that buttons may start at the desk of a user."""
        return listed(str(self._value(user, ALERTER_PROGRAMS)))

    def _value(self, user: UserId, name: str) -> str | int:
        return self._parameters.effective(user, name)

    def _template(self, device: UserDevice) -> tuple[Template, bool]:
        """The one that counts for the user, and whether it cannot be used."""
        name = str(self._value(device.user, ALERTER_XML))
        if not name:
            return pop.OWN, False
        read = self.templates.of(device.company, name)
        if read is None or read.template is None:
            return pop.OWN, True
        return read.template, False

    def _caller(self, device: UserDevice, call: Call, own: Connection) -> Caller | None:
        registry = self._registry
        user, domain = registry.users.get(device.user), registry.domains.get(device.domain)
        company = registry.companies.get(device.company)
        if user is None or domain is None or company is None:
            return None
        directories: Directories = {row.id: row for row in registry.directories_for(user.id)}
        called = Called(
            user=user,
            device=device,
            company=company.name,
            domain=domain,
            server=self._server,
            origin=self._origin,
        )
        who = self._named(own, caller_in(call, own))
        second = None if own.via is None else self._named(own, own.via.by)
        return caller(who, second, called, directories, self._line)

    def _named(self, own: Connection, party: Party) -> Named:
        if party.restricted or party.number is None:
            return Named(party, None)
        waits = self._names.waits(own.leg, party.number)
        return Named(party, self._names.of(own.leg, party.number), asked=not waits)

    # ------------------------------------------------------------ templates

    async def list_templates(self, actor: Actor, company: CompanyId) -> list[TemplateFile]:
        """For administrators, by name."""
        found = []
        for file in await self._files.list_files(actor, company):
            if is_template(file.name) and (read := self.templates.of(company, file.name)):
                found.append(
                    TemplateFile(
                        name=file.name,
                        size=file.size,
                        changed=file.changed,
                        mistakes=read.mistakes,
                        chosen=self._chosen(company, file.name),
                    )
                )
        return found

    def _chosen(self, company: CompanyId, name: str) -> int:
        return sum(
            row.company == company and row.parameter == ALERTER_XML and row.value == name
            for row in self._registry.parameter_values.values()
        )

    async def read_template(self, actor: Actor, company: CompanyId, name: str) -> str:
        """Its text. NotFound, also for a file that is none by its name."""
        managed_company(actor, self._registry.companies, company)
        if not is_template(name):
            raise missing("file")
        content = await self._files.read(actor, company, name, LARGEST)
        return as_text(content)

    async def write_template(
        self, actor: Actor, company: CompanyId, name: str, text: str
    ) -> TemplateFile:
        """In place of one of that name. Invalid, with its first mistake, for what is none."""
        managed_company(actor, self._registry.companies, company)
        if not is_template(name):
            raise invalid(sentence("The name of a template ends with .xml."), field="name")
        try:
            template = parse(text)
        except Mistaken as error:
            first = error.mistakes[0]
            words = sentence("Line {line}: {what}", line=first.line, what=first.said)
            raise invalid(words, field="text") from error
        for program in self._unlisted(company, template):
            words = sentence(
                "{program} is no program that AlerterPrograms lets buttons start.", program=program
            )
            raise invalid(words, field="text")
        await self._files.put(actor, company, name, _once(_declared(text)))
        await self.templates.read(company, name)
        return next(one for one in await self.list_templates(actor, company) if one.name == name)

    def _unlisted(self, company: CompanyId, template: Template) -> tuple[str, ...]:
        """Programs of a template that nobody in the company may start: whoever writes it is told
        so, as they never would be by the pops, whose buttons are missing."""
        known = {
            fold(path)
            for row in self._registry.parameter_values.values()
            if row.company == company and row.parameter == ALERTER_PROGRAMS
            for path in listed(str(row.value))
        }
        return tuple(one for one in _programs(template) if fold(one) not in known)

    # ------------------------------------------------------------ trying

    def labels(self, actor: Actor, company: CompanyId) -> tuple[str, ...]:
        """Of the private fields of a company's directories: they are tokens, too."""
        managed_company(actor, self._registry.companies, company)
        found = (
            label
            for row in self._registry.directories.values()
            if row.company == company
            for name, label in zip(_PRIVATE, labels_of(row), strict=True)
            if label != name
        )
        return tuple(dict.fromkeys(found))

    def try_template(
        self,
        actor: Actor,
        company: CompanyId,
        mode: AlerterMode,
        text: str,
        given: Mapping[str, str],
        directories: tuple[str, ...],
        width: int,
        height: int,
    ) -> Tried:
        """A text of XML, or an address, with a sample call in it; `given`: its values by token,
        in the place of those of the sample."""
        labels = self.labels(actor, company)
        known = sample(given, directories)
        strange = tuple(unknown(text, labels))
        if mode is AlerterMode.URL:
            shown = pop.page(text, known, width, height)
            return Tried(mistakes=(), unknown=strange, unlisted=(), pop=shown)
        try:
            template = parse(text)
        except Mistaken as error:
            return Tried(mistakes=error.mistakes, unknown=strange, unlisted=(), pop=None)
        shown = pop.drawn(template, known, width, height, _programs(template))
        unlisted = self._unlisted(company, template)
        return Tried(mistakes=(), unknown=strange, unlisted=unlisted, pop=shown)


def _programs(template: Template) -> tuple[str, ...]:
    """Those that its buttons name, each once."""
    buttons = (one for one in template.elements if isinstance(one, Button))
    return tuple(dict.fromkeys(filter(None, (program_of(one.exe) for one in buttons))))


_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_SIZE = (ALERTER_WIDTH, ALERTER_HEIGHT)
_PRIVATE = tuple(f"private{n}" for n in range(10))


def _declared(text: str) -> bytes:
    """Whatever encoding it names, it is kept in UTF-8, and says so."""
    return _DECLARATION.sub("", text, count=1).lstrip().encode()


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
