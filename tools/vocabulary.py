"""What a redacted capture may say, provider by provider. Only what these lists allow gets through."""

from __future__ import annotations

import re

import attrs

__all__ = [
    "CLASSCHARTS",
    "COOKIES",
    "COOKIE_ATTRIBUTES",
    "FIELDS",
    "FILE_NAME",
    "HOSTS",
    "INVENTED_HOSTS",
    "NUMBERED",
    "PATH_WORDS",
    "PRONOTE",
    "QUERY_FIELDS",
    "REQUEST_HEADERS",
    "RESPONSE_HEADERS",
    "Vocabulary",
    "vocabulary_of",
]

# -- header lines, cookies, addresses ------------------------------------------------

REQUEST_HEADERS = frozenset(("accept", "authorization", "content-type", "cookie", "x-requested-with"))
RESPONSE_HEADERS = frozenset(("content-type", "location", "retry-after", "set-cookie"))
COOKIES = frozenset(
    ("cc-session", "parent_session_credentials", "pronote_noeud", "student_session_credentials")
)
COOKIE_ATTRIBUTES = frozenset(("expires", "max-age", "path", "httponly", "secure", "samesite"))
HOSTS = re.compile(r"(([\w-]+\.)*(classcharts|session\.tes)\.com|127\.0\.0\.1|localhost)(:\d+)?")
INVENTED_HOSTS = re.compile(r"([\w-]+\.)*example\.(test|com|org)|[\w.-]+\.test")
PATH_WORDS = frozenset(
    "activity addconcern addparentbehaviour announcements apiv2parent apiv2student attendance behaviour"
    " checkpupilcode classes customfields default.png deleteparentbehaviour detentions eventbadges faces"
    " getacademicreport getacademicreports getcode getpupilreportcard getpupilreportcards"
    " getpupilreportcardsummarycomment getpupilreportcardtarget hasdob homeworks homeworkticked icons img"
    " login logout logos markhomeworkasseen mobile parent parentbehaviours password ping pupils purchase"
    " redirect rewards student timetable v1 verify"
    " FichiersExternes InfoMobileApp.json PDF appeldeconnexion appelfonction eleve.html ical"
    " mobile.eleve.html mobile.parent.html mobile.professeur.html parent.html professeur.html pronote".split()
)
FILE_NAME = re.compile(r"[\w .,'’°–&()-]{1,60}\.(docx|ics|jpg|pdf|png)")
FIELDS = {
    "_method": r"POST|GET",
    "logintype": r"existing",
    "recaptcha-token": r"no-token-available",
    **dict.fromkeys(("remember", "remember_me", "include_data"), r"true|false|0|1"),
    **dict.fromkeys(("from", "to"), r"\d{4}-\d\d-\d\d"),
    **dict.fromkeys(("behaviour_id", "last_id", "pupil_id", "studentId", "Session"), r"\d{1,12}"),
    "display_date": r"issue_date|due_date",
    "expires": r"\d{1,12}",
    "fd": r"1",
    "login": r"true",
    "prompt": r"login",
}
"""Fields of queries and forms whose values may stay, and what these look like."""
QUERY_FIELDS = {**FIELDS, "date": r"\d{4}-\d\d-\d\d"}
"""A form's `date` is somebody's birthday; a query's is a school day."""
NUMBERED = re.compile(r"id|key|\w*_id|studentId|\w*file_id|Session")
"""Fields whose numbers lead to a person."""

# -- bodies --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Vocabulary:
    """What may stand in the JSON of one provider."""

    keys: re.Pattern[str]
    """Keys that are the server's words; any other may be somebody's words."""
    figures: frozenset[str]
    """Keys whose numbers say nothing of a person."""
    facts: re.Pattern[str]
    """Keys whose texts say nothing of a person, as long as they look like `fact`."""
    fact: re.Pattern[str]
    """What such a text looks like."""
    words: re.Pattern[str]
    """Keys whose texts stay when the school is invented."""
    addresses: re.Pattern[str]
    """Keys whose texts are addresses, if they look like one."""
    numbered: re.Pattern[str]
    """Keys whose numbers lead to a person."""
    secret: re.Pattern[str]
    """Somewhere in keys whose texts are secrets: looked for everywhere else, too."""
    wrapper: str | None = None
    """The key under which a value stands that its own key was put around."""


def _listed(words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words.split())))


FACTS = (
    "allow_comments allow_consent allow_reactions allowed_file_types attendance_percentage attended"
    " border_color code colour comment_visibility completion_time_unit completion_time_value consent_given"
    " created_date custom_class date dates detention_date detention_time display_attendance_type"
    " display_type due_date end end_date end_time expired first_seen_date issue_date last_seen_date"
    " late_minutes met number opt_notes_comments opt_notes_comments_pupils opt_notes_names"
    " overall_attendance_percentage percentage percentage_singe_august period_number polarity"
    " priority_pinned publish_time purchased_count requires_consent scan_status single_purchase start"
    " start_date start_time state status step_size sticky success ticked time timestamp timetable_dates"
    " timezone type version"
)
WORDS = (
    "badges comment comment_created comment_description description detention_alias_plural"
    " detention_alias_plural_uc detention_alias_uc detention_location detention_type error field_name"
    " file_name filename fileName first_name for_pupils grade graphic homework_type icon label last_name"
    " lesson lesson_name level location mark mark_ranking meta_title name note note_abstract notes number"
    " other_negative other_positive parent_name period_name period_number pupil_name pupil_note"
    " pupil_note_abstract pupil_note_raw reason room room_name scan_status_message school_name sessions"
    " subject subject_name teacher teacher_name teacher_note teachers text timestamp_custom_time title"
    " unable_to_purchase_reason value"
)
KEYS = (
    r"success|data|meta|user|status|style|attachments|subject|lessons?|teachers?|grades|targets?|pupil|school"
    r"|periods|timeline|consent|event|language|is[A-Z]\w+|id|key|score|stock|price|length|balance"
    r"|positive|negative|purchased|[a-z]+(_[a-z]+)+|_can_delete|\d{4}-\d\d-\d\d|photo|link|file|url"
)

CLASSCHARTS = Vocabulary(
    keys=re.compile(f"{KEYS}|{_listed(FACTS).pattern}|{_listed(WORDS).pattern}"),
    figures=frozenset(FACTS.split()),
    facts=_listed(FACTS),
    fact=re.compile(
        r"[a-z_-]{1,24}|\d{1,4}([.:]\d{1,2}){0,2}[%+]?|#[0-9a-f]{3,6}|Europe/[A-Z][a-z]+|[A-Z/\\#-]\d?"
        r"|(\w{3} )?\d\d/\d\d/\d{4}( \d\d:\d\d)?"
        r"|\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)?)?"
    ),
    words=_listed(WORDS),
    addresses=_listed("avatar_url file icon_url link photo school_logo url validated_file validated_link"),
    numbered=NUMBERED,
    secret=re.compile(r"session|token|code|pass|mail|dob|birth|secret|auth|sign|channel", re.IGNORECASE),
)
"""ClassCharts."""

NEVER_SHOWN = (
    r"identifiant|identifiantNav|login\w*|[pP]assword|\w*[mM]dp|\w*MDP|codePin|\w*[jJ]eton\w*|paramICal"
    r"|ParametreExportiCal|numeroINE|eMail|telephone\w*|loginTokenSAV|strIdentification|libelle[Dd]evice"
)
"""Keys whose texts are secrets even of people who do not exist."""

PRONOTE = Vocabulary(
    keys=re.compile(r"[A-Za-z_]\w{0,50}", re.ASCII),
    figures=frozenset("_T G onglet place numeroSemaine jourCycle".split()),
    facts=re.compile(r"(?!\w*[nN]aiss)\w+"),
    fact=re.compile(
        r"\d\d/\d\d/\d{4}( \d\d:\d\d:\d\d)?|\[[\d.,]*\]|#[0-9A-Fa-f]{6}|\d\dh\d\d"
        r"|(Page|Saisie|Liste|Fonction|Parametres|Generation|Dernieres)[A-Z]\w{2,40}"
        r"|Identification|Authentification|Navigation|Presence|RessourcePedagogique|donneesContenusCDT"
    ),
    words=re.compile(rf"(?!({NEVER_SHOWN})$)\w+"),
    addresses=re.compile(r"url|URL\w*|\w*[uU]rl"),
    numbered=re.compile(r"session|numeroSession|ns"),
    secret=re.compile(rf"^({NEVER_SHOWN}|Uuid|cle|challenge|alea|no|numeroOrdre|N|\w*[nN]aiss\w*)$"),
    wrapper="V",
)
"""PRONOTE. What is encrypted or compressed cannot be read here: of people who exist it becomes a stand-in."""


def vocabulary_of(url: str) -> Vocabulary:
    """Whose words the bodies of the exchange at *url* are."""
    is_pronote = "/appelfonction/" in url or "/appeldeconnexion/" in url or "/InfoMobileApp" in url
    return PRONOTE if is_pronote else CLASSCHARTS
