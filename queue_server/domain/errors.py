"""What a rule answers when it refuses: one exception, a closed list of codes (``contract.md``)."""

from enum import StrEnum


class Code(StrEnum):
    """Every reason for which a request is not carried out; the web layer maps each to one HTTP status."""

    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    REPLY_FORGOTTEN = "reply_forgotten"
    SERVICE_CLOSED = "service_closed"
    QUOTA_FULL = "quota_full"
    SERVICE_INTERRUPTED = "service_interrupted"
    ALREADY_INTERRUPTED = "already_interrupted"
    DAY_CLOSED = "day_closed"
    NOT_INTERRUPTED = "not_interrupted"
    NOBODY_WAITING = "nobody_waiting"
    NO_NEXT_DAY = "no_next_day"
    NOT_AT_KIOSK = "not_at_kiosk"
    CLASS_NOT_OFFERED = "class_not_offered"
    GROUP_TOO_LARGE = "group_too_large"
    COUNTER_TAKEN = "counter_taken"
    COUNTER_BUSY = "counter_busy"
    COUNTER_CLOSED = "counter_closed"
    COUNTER_ON_BREAK = "counter_on_break"
    LAST_COUNTER = "last_counter"
    REASON_MISSING = "reason_missing"
    OFFICER_BUSY = "officer_busy"
    NOT_YOUR_COUNTER = "not_your_counter"
    NO_COUNTER = "no_counter"
    ILLEGAL_TRANSITION = "illegal_transition"
    OTHER_OFFICER = "other_officer"
    OTHER_NUMBER = "other_number"
    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_COUNTER = "unknown_counter"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_PAPER = "unknown_paper"
    UNKNOWN_BOOKING = "unknown_booking"
    BOOKING_CANCELLED = "booking_cancelled"
    SLOT_FULL = "slot_full"
    SLOT_GONE = "slot_gone"
    BOOKINGS_HELD = "bookings_held"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    ALREADY_ANSWERED = "already_answered"
    NOT_FINISHED = "not_finished"
    NOT_FOUND = "not_found"
    UNAUTHORIZED = "unauthorized"
    LOGIN_FAILED = "login_failed"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  a word, not a password
    WRONG_CODE = "wrong_code"
    PASSWORD_SHORT = "password_short"  # noqa: S105
    PASSWORD_COMMON = "password_common"  # noqa: S105
    USERNAME_TAKEN = "username_taken"
    LAST_ADMIN = "last_admin"
    ACCOUNT_CHANGED = "account_changed"
    FORBIDDEN = "forbidden"
    BAD_ORIGIN = "bad_origin"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    BROKEN_JSON = "broken_json"
    INVALID = "invalid"
    STRUCTURE_CHANGED = "structure_changed"
    ROSTER_CHANGED = "roster_changed"
    TARGETS_CHANGED = "targets_changed"
    DISTRICTS_CHANGED = "districts_changed"
    NOTICE_CHANGED = "notice_changed"
    NOTICES_FULL = "notices_full"
    MEDIA_CHANGED = "media_changed"
    MEDIA_FULL = "media_full"
    TOO_MANY_REQUESTS = "too_many_requests"
    BUSY = "busy"
    STORAGE_FULL = "storage_full"
    KEYS_UNWRITABLE = "keys_unwritable"
    STORAGE_CORRUPT = "storage_corrupt"
    INTERNAL = "internal"


class QueueError(Exception):
    """A command or query that is refused; nothing of it is kept.

    ``details`` are plain JSON-able values for the caller (never a personal datum).
    """

    def __init__(self, code: Code, **details: object) -> None:
        super().__init__(code.value, details)
        self.code = code
        self.details = details
