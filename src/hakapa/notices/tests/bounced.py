"""Mails that came back, as Postfix and Exchange write them."""

# Of the whole mail only the headers come back.
POSTFIX = """\
Return-Path: <>
Received: by mx.example.org (Postfix)
\tid 4Yx1Jk3WqTz9; Wed, 25 Nov 2026 10:00:03 +0100 (CET)
Date: Wed, 25 Nov 2026 10:00:03 +0100 (CET)
From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: hakapa@localhost
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4Yx1Jk2MhRz8.1764061203/mx.example.org"
Content-Transfer-Encoding: 8bit
Message-Id: <4Yx1Jk3WqTz9@mx.example.org>

This is a MIME-encapsulated message.

--4Yx1Jk2MhRz8.1764061203/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

This is the mail system at host mx.example.org.

<reader@example.org>: host mail.example.org[192.0.2.7] said: 550 5.1.1
    <reader@example.org>: Recipient address rejected: User unknown (in reply to
    RCPT TO command)

--4Yx1Jk2MhRz8.1764061203/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 4Yx1Jk2MhRz8
X-Postfix-Sender: rfc822; hakapa@localhost
Arrival-Date: Wed, 25 Nov 2026 10:00:02 +0100 (CET)

Final-Recipient: rfc822; reader@example.org
Original-Recipient: rfc822;reader@example.org
Action: ACTION
Status: STATUS
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <reader@example.org>: Recipient address
    rejected: User unknown

--4Yx1Jk2MhRz8.1764061203/mx.example.org
Content-Description: Undelivered Message Headers
Content-Type: RETURNED

Return-Path: <hakapa@localhost>
Content-Type: multipart/alternative; boundary="===============1=="
MIME-Version: 1.0
Subject: Nytt
From: hakapa@localhost
To: reader@example.org
Message-ID: NAME
Auto-Submitted: auto-generated

--4Yx1Jk2MhRz8.1764061203/mx.example.org--
"""
# A page for people, lines that end otherwise, the whole mail.
EXCHANGE = """\
From: <postmaster@example.org>
To: <hakapa@localhost>
Date: Wed, 25 Nov 2026 09:00:03 +0000
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="b4c6ac6f-4d6d-4a55-a9a3-4f7d6f4c53a9"
X-MS-Exchange-Message-Is-Ndr:
Content-Language: sv-SE
Message-ID: <6f0e6f3e-0c1f@AM0P000MB0001.EURP000.PROD.OUTLOOK.COM>
In-Reply-To: NAME
References: NAME
Subject: =?utf-8?B?T2xldmVyZXJiYXJ0?=
MIME-Version: 1.0

--b4c6ac6f-4d6d-4a55-a9a3-4f7d6f4c53a9
Content-Type: multipart/alternative; differences=Content-Type;
\tboundary="c8e2b1de-2b6d-4a0b-8d0c-2f3a0a6a9a55"

--c8e2b1de-2b6d-4a0b-8d0c-2f3a0a6a9a55
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

S3VuZGUgaW50ZSBsZXZlcmVyYXMu

--c8e2b1de-2b6d-4a0b-8d0c-2f3a0a6a9a55--

--b4c6ac6f-4d6d-4a55-a9a3-4f7d6f4c53a9
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0P000MB0001.EURP000.PROD.OUTLOOK.COM
Received-From-MTA: dns;mx.example.org
Arrival-Date: Wed, 25 Nov 2026 09:00:02 +0000

Final-Recipient: rfc822;reader@example.org
Action: failed
Status: STATUS
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found

--b4c6ac6f-4d6d-4a55-a9a3-4f7d6f4c53a9
Content-Type: message/rfc822

Received: from mx.example.org (192.0.2.7) by AM0P000MB0001.outlook.com
 with Microsoft SMTP Server; Wed, 25 Nov 2026 09:00:02 +0000
Content-Type: text/plain; charset="utf-8"
Subject: Nytt
From: hakapa@localhost
To: reader@example.org
Message-ID:
 NAME

Det har hänt något.

--b4c6ac6f-4d6d-4a55-a9a3-4f7d6f4c53a9--
"""


def postfix(name, *, action="failed", status="5.1.1", returned="text/rfc822-headers"):
    """Return a report from Postfix about the mail of that Message-ID."""
    words = {"NAME": name, "ACTION": action, "STATUS": status, "RETURNED": returned}
    return _filled(POSTFIX, words)


def exchange(name, *, status="5.1.10"):
    """Return a report from Exchange about the mail of that Message-ID."""
    return _filled(EXCHANGE.replace("\n", "\r\n"), {"NAME": name, "STATUS": status})


def _filled(report, words):
    for word, said in words.items():
        report = report.replace(word, said)
    return report.encode()
