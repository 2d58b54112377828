"""The settings and their defaults.

Each name can be set anew, the later winning over the earlier: here, in `instance/config.py` (same form), in
the environment as `PLEDGES_` + name, and by tests. A name that is not here, or a value that makes no sense or
is not safe, stops the start with a sentence that says which one and where it stands.
"""

# Where the database, the uploaded files and the secret key are kept. None: the folder `instance` beside this
# file; for an installed package, the folder `instance` under the one from which it is started.
INSTANCE = None

# None: a SQLite file in the instance folder. Large installations: postgresql://user:password@host/database
DATABASE_URL = None

# Signs the cookies. None: the key that the first start writes to the instance folder. At least 32 characters.
SECRET_KEY = None

# Whether the instance holds illustrative data. None: as it was made. True or False only insists on it: an
# instance that was made otherwise then refuses to start.
DEMO = None

# The day on which the clock of a demo instance stands. None: the day that its data was made for.
DEMO_TODAY = None

# The names under which browsers may call the server, by commas: "thidua.haphong.vn,10.0.0.5". None: this
# machine's own loopback names; a demo, which has nothing to lose, then answers to any name.
TRUSTED_HOSTS = None

# How long a person stays signed in at most, and after how long without doing anything he is signed out. A
# form that lay open stays valid as long as the session.
SESSION_HOURS = 8
IDLE_MINUTES = 60

# What one request may bring, in bytes: a scan of some thirty pages. More is refused before it is read.
MAX_CONTENT_LENGTH = 20 * 1024 * 1024

# The text of one form, in bytes. Werkzeug's 500 kB is too small: a report takes narratives of 10,000 letters
# for each of up to 60 lines, and a Vietnamese letter takes up to nine bytes on its way in.
MAX_FORM_MEMORY_SIZE = 6 * 1024 * 1024

# The fields of one form with files. Werkzeug's 1000 is too small: a table of 300 lines with 12 fields each.
MAX_FORM_PARTS = 4000

# A folder with other faces for printed documents. None: the Liberation Serif that comes with the product.
FONT_FOLDER = None

# The address by which people reach the server, without a path: "https://thidua.haphong.vn". The QR on printed
# commitments leads to its page /kiem-tra. None: the QR holds the check code alone, to be typed there. When it is
# changed, papers printed anew lead to the new address; the codes stay.
PUBLIC_ADDRESS = None

# A folder with the certificates of the authorities whose signatures on PDFs are believed: files .pem, .crt, .cer or
# .der. None: nobody's are, and a clerk answers for each certificate. docs/production.md says where they come from.
TRUST_ROOTS = None

# The mail server that sends the daily digest: "smtp://host:587" (encrypted as soon as the server offers it), "smtps://host:465"
# (encrypted from the first byte), with "user:password@" before the host where it asks who sends; signs like @ : / in
# them are written %40 %3A %2F. None: nothing is sent, and the pages say so.
SMTP_URL = None

# Whom the digest comes from: "thidua@haphong.gov.vn" or "Thi đua phường Hà Phong <thidua@haphong.gov.vn>".
SMTP_FROM = None

# The hour (0 to 23, in Việt Nam) from which the started server sends each day's digest by itself. None: it never does,
# and the command `send-digests` is called by the machine's own clock; docs/production.md says how.
DIGEST_HOUR = None

# Where backups go: best a folder on another disk, which must be there when a backup is taken. None: the folder
# `backups` in the instance; a broken disk then takes the backups along, and the administrator's page says so.
BACKUP_FOLDER = None

# What seals backups, which hold everything, the secret key too. A passphrase of at least 16 characters; or a key of age
# (age-keygen): the secret one (AGE-SECRET-KEY-1…), or the public one (age1…), whose secret one the office keeps apart
# and brings to restore. None: they lie open. Keep it elsewhere too: without it no sealed backup is ever read again.
BACKUP_KEY = None

# The hour (0 to 23, in Việt Nam) from which the started server backs up each night by itself. None: it never does, and
# the command `backup` is called by the machine's own clock. A demo instance is not backed up by itself.
BACKUP_HOUR = 2

# So many of the last days, weeks and months keep their newest backup; older ones are removed.
BACKUP_DAYS = 7
BACKUP_WEEKS = 4
BACKUP_MONTHS = 12

# Where the program writes what it watches of itself: a line for each request, slow statements, errors; nothing of
# people, and never more than about 100 MB. None: the folder `logs` in the instance, for a small machine has nothing
# else that keeps them. "-": requests and slow statements go to the standard error, for who has a journal.
LOG_FOLDER = None

# From so many milliseconds on a statement to the database is noted as slow, without its values.
SLOW_QUERY_MS = 200

# What a machine elsewhere must send to read the figures at /metrics ("Authorization: Bearer …"): at least 32
# characters. None: only this machine may read them.
METRICS_TOKEN = None

# Whether people reach the server by https (a reverse proxy ends it): cookies are then sent no other way.
HTTPS = False

# How many reverse proxies stand in front, whose word on the client's address and on https is believed. One needs HTTPS,
# but in a demo.
PROXIES = 0
