"""Mail over SMTP: the server of the settings, encrypted unless they say otherwise."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing

from dragoman.errors import InputError
from dragoman.faces.alerts.deliveries import Delivery, Outcome
from dragoman.faces.settings import MailServer, mail_server

SECONDS = 20.0
_NAMELESS = "no mail server is set: write [mail] with host and sender into the settings file, or set DRAGOMAN_MAIL_HOST and _SENDER"


def send(delivery: Delivery) -> Outcome:
    """Sends it once, by the server of the settings."""
    try:
        server = mail_server()
    except InputError as problem:
        return Outcome(str(problem), temporary=True)
    if server is None:
        return Outcome(_NAMELESS, temporary=True)
    return send_by(server, delivery)


def send_by(server: MailServer, delivery: Delivery) -> Outcome:
    """Sends it once. What is wrong with the settings or the server may be put right: it is tried again; a refused address is not."""
    try:
        with closing(_opened(server)) as session:
            session.sendmail(server.envelope, [delivery.target], delivery.body)
            _goodbye(session)
    except _NotEncrypted:
        return Outcome('the mail server offers no STARTTLS; set security = "none" only for a server in your house', temporary=True)
    except smtplib.SMTPRecipientsRefused as problem:
        code, said = next(iter(problem.recipients.values()), (550, b""))
        return Outcome(f"the address was refused ({code} {_words(said)})", temporary=400 <= code < 500)
    except smtplib.SMTPAuthenticationError as problem:
        return Outcome(f"the mail server does not know user and password ({problem.smtp_code})", temporary=True)
    except smtplib.SMTPResponseException as problem:
        return Outcome(f"the mail server answered {problem.smtp_code} {_words(problem.smtp_error)}", temporary=problem.smtp_code < 500)
    except (smtplib.SMTPException, OSError, ValueError) as problem:
        return Outcome(f"the mail server cannot be used ({' '.join(str(problem).split())[:120] or type(problem).__name__})", temporary=True)
    return Outcome("taken by the mail server", done=True)


class _NotEncrypted(Exception):
    """The server would take the mail in the clear only."""


def _opened(server: MailServer) -> smtplib.SMTP:
    """A session, encrypted and signed in as the settings say."""
    if server.security == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=ssl.create_default_context())
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        session.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            if not session.has_extn("starttls"):
                raise _NotEncrypted
            session.starttls(context=ssl.create_default_context())
            session.ehlo()
        if server.user:
            session.login(server.user, server.password)
    except BaseException:
        session.close()
        raise
    return session


def _goodbye(session: smtplib.SMTP) -> None:
    """The mail is taken; that the server does not part nicely changes nothing."""
    try:
        session.quit()
    except (smtplib.SMTPException, OSError):
        return


def _words(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:160]
