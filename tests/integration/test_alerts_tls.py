"""Mail over TLS with a real handshake: encrypted where the server can, refused where its certificate is not good."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from belfort.errors import FetchError
from search.alerts.smtp import Post, parse
from tests.support.mailbox import Mailbox


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that signed itself: its file, and a server's context with it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1)).not_valid_after(moment + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    public, secret = folder / "public.pem", folder / "secret.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, secret)
    return public, context


def send(url: str) -> None:
    """Send one letter."""
    message = EmailMessage()
    message["Subject"] = "Proef"
    message.set_content("Proef\n")
    with Post(parse(url)) as post:
        post.send("post@voorbeeld.example", "lezer@voorbeeld.example", message)


@pytest.mark.parametrize("scheme", ["smtp", "smtp+starttls"])
def test_starttls_is_used_where_it_is_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """Login and letter go encrypted, whether TLS was asked for or only offered."""
    public, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with Mailbox(login=("belfort", "geheim"), tls=context) as mailbox:
        send(mailbox.url.replace("smtp://", f"{scheme}://belfort:geheim@"))
        assert (len(mailbox.letters), mailbox.encrypted) == (1, 1)


def test_a_certificate_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    """Neither login nor letter; it does not fall back to plain text."""
    _, context = certificate(tmp_path)
    with Mailbox(login=("belfort", "geheim"), tls=context) as mailbox:
        with pytest.raises(FetchError, match="BELFORT_SMTP cannot be used"):
            send(mailbox.url.replace("smtp://", "smtp://belfort:geheim@"))
        assert mailbox.letters == []
