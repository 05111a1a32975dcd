"""The URI schemes that a page may well mean when it writes `word:something` without declaring `word` as a prefix."""

# The registered schemes (https://www.iana.org/assignments/uri-schemes) that turn up in the wild.
SCHEMES: frozenset[str] = frozenset(
    {
        "about", "acct", "bitcoin", "blob", "cid", "data", "did", "doi", "file", "ftp", "ftps", "geo", "git",
        "gopher", "hdl", "http", "https", "im", "imap", "info", "intent", "irc", "ircs", "jabber", "jar",
        "javascript", "ldap", "ldaps", "magnet", "mailto", "market", "message", "mid", "msteams", "ms-word",
        "news", "nfs", "nntp", "oid", "pop", "rsync", "rtsp", "sftp", "sip", "sips", "skype", "sms", "smb",
        "spotify", "ssh", "tag", "tel", "telnet", "tftp", "urn", "view-source", "webcal", "whatsapp", "ws", "wss",
        "xmpp",
    }
)  # fmt: skip
