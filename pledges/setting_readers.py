"""Which reader each setting has."""

from collections.abc import Callable, Mapping
from typing import Any

from pledges.setting_values import (
    Given,
    flag,
    optional_address,
    optional_backup_key,
    optional_certificates,
    optional_database,
    optional_day,
    optional_flag,
    optional_folder,
    optional_key,
    optional_log_folder,
    optional_mail_server,
    optional_names,
    optional_place,
    optional_public_address,
    optional_sender,
    optional_whole,
    whole,
)

KILOBYTE = 1024
GIGABYTE = 1024**3

READERS: Mapping[str, Callable[[Given], Any]] = {
    "DATABASE_URL": optional_database,
    "SECRET_KEY": optional_key,
    "DEMO": optional_flag,
    "DEMO_TODAY": optional_day,
    "TRUSTED_HOSTS": optional_names,
    "SESSION_HOURS": whole(1, 24),
    "IDLE_MINUTES": whole(5, 24 * 60),
    "MAX_CONTENT_LENGTH": whole(64 * KILOBYTE, GIGABYTE),
    "MAX_FORM_MEMORY_SIZE": whole(64 * KILOBYTE, GIGABYTE),
    "MAX_FORM_PARTS": whole(100, 100_000),
    "FONT_FOLDER": optional_folder,
    "PUBLIC_ADDRESS": optional_public_address,
    "TRUST_ROOTS": optional_certificates,
    "SMTP_URL": optional_mail_server,
    "SMTP_FROM": optional_sender,
    "DIGEST_HOUR": optional_whole(0, 23),
    "BACKUP_FOLDER": optional_place,
    "BACKUP_KEY": optional_backup_key,
    "BACKUP_HOUR": optional_whole(0, 23),
    "BACKUP_DAYS": whole(1, 400),
    "BACKUP_WEEKS": whole(0, 400),
    "BACKUP_MONTHS": whole(0, 400),
    "LOG_FOLDER": optional_log_folder,
    "SLOW_QUERY_MS": whole(1, 60_000),
    "METRICS_TOKEN": optional_key,
    "HTTPS": flag,
    "PROXIES": whole(0, 5),
    "HOST": optional_address,
    "TESTING": optional_flag,
}
