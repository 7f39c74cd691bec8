"""A mail server is asked who it is before anything is said to it (ASVS 12.3.2)."""

import datetime as dt
import ssl
import threading
from email.message import EmailMessage
from socketserver import ThreadingTCPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integration.work import mailer as plain
from onrecord.apps.work.mailing import Mailer
from onrecord.core.kernel.clock import now


@pytest.fixture
def certificate(tmp_path):
    """Write a certificate of this machine that nobody vouches for; return where it and its key lie."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = now()
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path / "mail.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )  # fmt: skip
    return path


@pytest.fixture
def wrapped(certificate):
    """Serve mail over TLS from the first byte, under that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Server(plain.Server):
        def get_request(self):
            request, address = ThreadingTCPServer.get_request(self)
            return context.wrap_socket(request, server_side=True), address

        def handle_error(self, request, client_address):
            """Say nothing of a caller who hung up: that is what is tested."""

    with Server(("127.0.0.1", 0), plain.Session) as server:
        server.mood, server.taken, server.met = "takes", [], 0
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def deliver(server, host):
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Onrecord", "a@x.example", "b@x.example"
    message.set_content("You have 1 thing waiting.")
    mailer = Mailer(f"smtps://name:secret@{host}:{server.server_address[1]}")
    with mailer.open():
        mailer.deliver(message)


def test_a_server_that_nobody_vouches_for_is_told_nothing(wrapped):
    with pytest.raises(ssl.SSLCertVerificationError):
        deliver(wrapped, "localhost")
    assert wrapped.met == 0
    assert wrapped.taken == []


def test_one_whose_certificate_names_somebody_else_is_told_nothing(
    wrapped, certificate, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(ssl.SSLCertVerificationError):
        deliver(wrapped, "127.0.0.1")
    assert wrapped.taken == []


def test_one_that_proves_itself_is_handed_the_mail(wrapped, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr("smtplib.SMTP.login", lambda *_, **__: None)
    deliver(wrapped, "localhost")
    assert len(wrapped.taken) == 1
