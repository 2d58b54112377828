"""What breaks each constraint: one change or twin of a row that is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from pledges.core.base import Base

TABLES = Base.metadata.tables
LONG_AGO = date(1990, 1, 1)
NOBODY = 999_999


@dataclass(frozen=True)
class Change:
    """A row that is right, and what would make it wrong."""

    values: Mapping[str, Any]
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Twin:
    """A second row like one that is there, but for what other constraints forbid."""

    but: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)


EMPTY = {
    "name": "",
    "title": "",
    "label": "",
    "measure": "",
    "text": "",
    "username": "",
    "reason": "",
    "words": "",
    "filename": "",
}


def without(column: str, **where: Any) -> Change:
    return Change({column: EMPTY[column]}, where)


FREE_PLACE = (
    sa.select(TABLES["signatory"].c.id)
    .where(TABLES["signatory"].c.id.not_in(sa.select(TABLES["signature"].c.signatory_id)))
    .limit(1)
    .scalar_subquery()
)


BROKEN: dict[str, Change | Twin] = {
    "ck_unit_name_given": without("name"),
    "ck_unit_validity": Change({"valid_from": date(2024, 1, 2), "valid_to": date(2024, 1, 1)}),
    "uq_search_entry_kind_record_id": Twin(),
    "uq_unit_code": Twin(),
    "ck_account_name_given": without("name"),
    "ck_account_username_given": without("username"),
    "uq_account_username": Twin(),
    "ck_appointment_validity": Change({"valid_to": LONG_AGO}),
    "uq_appointment_account_id_unit_id_role_post_valid_from": Twin(),
    "uq_log_entry_hash": Twin(),
    "ck_campaign_dates": Change({"ends_on": LONG_AGO}),
    "ck_campaign_due_day": Change({"reporting_due_day": 29}),
    "ck_campaign_expected_tasks": Change({"expected_task_count": -1}),
    "ck_campaign_title_given": without("title"),
    "uq_campaign_code": Twin(),
    "uq_movement_campaign_id_name": Twin(),
    "ck_commitment_copies": Change({"copies": 100}),
    "ck_commitment_edition": Change({"edition": 0}),
    "ck_commitment_frozen": Twin({"content": None, "digest": None}, {"status": "signed"}),
    "ck_commitment_sealed": Twin({"digest": None}, {"status": "signed"}),
    "ck_commitment_withdrawn": Change({"status": "withdrawn"}, {"status": "frozen"}),
    "uq_commitment_campaign_id_unit_id_edition": Twin({"status": "superseded"}),
    "uq_commitment_in_force": Twin({"edition": 9}, {"status": "signed"}),
    "uq_commitment_under_way": Twin({"edition": 9}, {"status": "frozen"}),
    "uq_signatory_commitment_id_position": Twin(),
    "ck_signature_digest_length": Twin({"digest": "short"}),
    "ck_signature_certified": Twin({"certified_by": ""}, {"way": "paper"}),
    "ck_signature_paper_facts": Twin({"place": ""}, {"way": "paper"}),
    "ck_signature_authorised": Twin({"authorisation_id": None}, {"capacity": "kt"}),
    "ck_signature_undone": Twin({"undone_because": "Đánh dấu nhầm."}),
    "uq_signature_standing": Twin(),
    "ck_signature_copy": Twin({"copy_id": None}, {"way": "outside"}),
    "ck_signature_mark": Twin({"mark": "short"}, {"way": "outside"}),
    "uq_signature_mark": Twin({"signatory_id": FREE_PLACE}, {"way": "outside"}),
    "ck_authorisation_validity": Change({"valid_to": LONG_AGO}),
    "ck_authorisation_capacity_deputising": Change({"capacity": "own"}),
    "ck_authorisation_said": Change({"paper": ""}),
    "ck_authorisation_ended": Change({"ended_because": ""}, {"ended_because": "Đã về."}),
    "ck_authorisation_ended_on": Change({"ended_on": None}, {"ended_because": "Đã về."}),
    "ck_decline_reason_given": without("reason"),
    "ck_check_code_code_length": Change({"code": "ABC"}),
    "ck_check_code_digest_length": Change({"digest": "short"}),
    "uq_check_code_kind_record_id": Twin({"code": "ABCDEFGHJK"}),
    "ck_ceremony_said": Change({"place": ""}),
    "ck_ceremony_attendees": Change({"attendees": 0}),
    "uq_ceremony_open": Twin(),
    "ck_signature_ceremony": Twin({"way": "in_app"}, {"ceremony_id": 1}),
    "ck_signed_copy_findings": Change({"kind": "signed_pdf"}, {"kind": "scan"}),
    "ck_signed_copy_pages": Change({"last_page": 1}, {"first_page": 2}),
    "ck_signed_copy_aside": Change({"aside_because": ""}, {"aside_because": "Quét mờ."}),
    "ck_campaign_weekday": Change({"reporting_weekday": 8}),
    "ck_campaign_grace": Change({"grace_days": -1}),
    "ck_campaign_lock": Change({"locks_after_days": 2, "grace_days": 3}),
    "ck_period_due": Change({"due_on": LONG_AGO}),
    "ck_period_grace": Change({"grace_until": LONG_AGO}),
    "ck_period_lock": Change({"locks_after": LONG_AGO}),
    "ck_period_name": Change({"cycle": "own"}),
    "ck_report_round_behalf": Change({"on_behalf_of": "Đồng chí Hòa"}),
    "ck_report_remark_words_given": without("words"),
    "uq_report_remark_event_id_indicator_id": Twin(),
    "ck_obstacle_extension": Change({"amendment_id": 1}, {"decision": "help"}),
    "ck_period_exception_until": Change({"until": None}),
    "ck_period_exception_reason_given": without("reason"),
    "ck_proof_rule_number": Change({"number": 0}),
    "uq_proof_rule_task_id_position": Twin(),
    "ck_explanation_request_question_given": Change({"question": ""}),
    "ck_explanation_request_answered": Change({"answer": "Vì mưa."}),
    "ck_assignment_validity": Change({"until_on": LONG_AGO}),
    "ck_assignment_name_given": without("name"),
    "uq_assignment_standing": Twin(),
    "ck_common_task_title_given": without("title"),
    "uq_common_task_campaign_id_title_fold": Twin(),
    "ck_meeting_title_given": without("title"),
    "ck_follow_up_text_given": without("text"),
    "ck_document_abstract_given": Change({"abstract": ""}),
    "ck_document_copies": Change({"copies": 0}),
    "ck_document_number": Change({"number": 0}, {"status": "issued"}),
    "ck_document_digest_length": Change({"digest": "9f2c"}, {"status": "issued"}),
    "ck_document_pages": Change({"pages": 0}, {"status": "issued"}),
    "ck_document_own_replacement": Change({"replaces_id": TABLES["document"].c.id}, {"status": "draft"}),
    "ck_document_issued": Change({"status": "draft"}, {"status": "issued"}),
    "ck_document_frozen": Change({"paper": ""}, {"status": "issued"}),
    "ck_document_not_frozen": Change({"number": 7}, {"status": "draft"}),
    "uq_document_series_number": Twin({"replaces_id": None}, {"status": "issued"}),
    "uq_document_replaces_id": Twin(where={"status": "draft"}),
    "ck_document_event_reason_given": Change({"kind": "returned", "reason": ""}),
    "ck_prose_piece_slot_given": Change({"slot": ""}),
    "ck_prose_piece_says_something": Change({"text": "", "printed": True}),
    "uq_prose_piece_document_id_slot_key": Twin(),
    "ck_attachment_name_given": without("name"),
    "ck_attachment_put_aside": Change({"put_aside_reason": "Nộp nhầm."}),
    "uq_attachment_document_id_file_id": Twin(),
    "ck_print_job_progress": Change({"done": 9}),
    "ck_print_job_name_given": without("name"),
    "ck_print_job_ended": Change({"status": "done"}),
    "ck_print_job_failed_because": Change(
        {"status": "failed", "sentence": "", "ended_at": datetime(2024, 10, 1, tzinfo=UTC)}
    ),
    "ck_follow_up_meeting": Change({"meeting_id": None}, {"source": "meeting"}),
    "ck_follow_up_call": Change({"spoke_to": ""}, {"source": "call"}),
    "ck_follow_up_ended": Change({"ended_as": "done"}, {"source": "meeting"}),
    "ck_follow_up_dropped_because": Change({"outcome": ""}, {"source": "call"}),
    "ck_account_session_digest_length": Change({"key_digest": "short"}),
    "ck_account_session_failures": Change({"failures": -1}),
    "ck_account_session_order": Change({"seen_at": datetime(1990, 1, 1, tzinfo=UTC)}),
    "uq_account_session_key_digest": Twin(),
    "ck_data_request_words_given": without("words"),
    "ck_data_request_due": Change({"due_at": datetime(1990, 1, 1, tzinfo=UTC)}),
    "ck_data_request_outcome": Change({"outcome": None}, {"outcome": "done"}),
    "ck_data_request_answer": Change({"answer": ""}, {"outcome": "done"}),
    "ck_data_request_answered_by": Change({"answered_by_name": ""}, {"outcome": "done"}),
    "ck_sign_in_proof_digest_length": Change({"key_digest": "short"}),
    "ck_second_factor_sealed_given": Change({"sealed": ""}),
    "ck_recovery_code_digest_length": Change({"digest": "short"}),
    "uq_recovery_code_account_id_digest": Twin(),
    "ck_calendar_feed_digest_length": Change({"secret_digest": "short"}),
    "uq_calendar_feed_secret_digest": Twin({"account_id": 2}),
    "ck_task_dates": Change({"due_on": LONG_AGO}),
    "ck_task_funding": Change({"social_funding": Decimal("-0.5")}),
    "ck_task_number": Change({"number": 7}, {"status": "draft"}),
    "ck_task_numbered": Change({"number": None}, {"status": "committed"}),
    "ck_task_title_given": without("title"),
    "ck_task_received": Change({"registration_number": None}, {"status": "committed"}),
    "ck_task_behalf": Change({"on_behalf_of": "Đồng chí Hòa, Khu trưởng"}),
    "uq_task_campaign_id_number": Twin({"registration_number": 99}, where={"status": "committed"}),
    "uq_task_campaign_id_registration_number": Twin({"number": None}, where={"status": "returned"}),
    "uq_task_follower": Twin(where={"status": "draft"}),
    "ck_amendment_reason_given": without("reason"),
    "ck_amendment_behalf": Change({"from_paper": "Giấy đề nghị"}),
    "ck_amendment_decided": Change({"decided_at": None}, {"status": "returned"}),
    "ck_amendment_decision_given": Change({"decision": ""}, {"status": "returned"}),
    "uq_amendment_proposed": Twin(where={"status": "proposed"}),
    "ck_task_remark_words_given": without("words"),
    "ck_task_remark_indicator": Change({"part": "title"}, {"indicator": 1}),
    "uq_task_remark_event_id_part_indicator": Twin(where={"indicator": 1}),
    "ck_task_import_filename_given": without("filename"),
    "ck_task_import_ended": Change({"ended_at": None}, {"status": "written"}),
    "ck_indicator_label_given": without("label"),
    "ck_indicator_measure_given": without("measure"),
    "ck_indicator_target": Change({"target": Decimal(-1)}, {"direction": "up"}),
    "ck_indicator_weight": Change({"weight": Decimal(0)}),
    "uq_indicator_task_id_position": Twin(),
    "uq_milestone_indicator_id_on": Twin(),
    "ck_task_event_reason_given": without("reason", kind="returned"),
    "ck_stored_file_hash_length": Change({"sha256": "short"}),
    "ck_stored_file_not_empty": Change({"size": 0}),
    "uq_stored_file_sha256": Twin(),
    "ck_period_dates": Change({"end_on": LONG_AGO}),
    "uq_period_campaign_id_start_on": Twin(),
    "uq_report_task_id_period_id": Twin(),
    "ck_report_round_number": Change({"number": 0}),
    "uq_report_round_report_id_number": Twin(),
    "uq_figure_round_id_indicator_id": Twin(),
    "ck_report_event_reason_given": without("reason", kind="returned"),
    "uq_evidence_round_id_file_id": Twin(),
    "ck_obstacle_decided": Change({"decided_at": None}, {"decision": "help"}),
    "ck_obstacle_reason_given": without("reason", decision="help"),
    "ck_obstacle_text_given": without("text"),
    "ck_obstacle_one_end": Change({"withdrawn_at": datetime(2024, 10, 1, tzinfo=UTC)}, {"decision": "help"}),
    "ck_unsent_form_path": Change({"path": "https://noi-khac.vn/"}),
    "ck_unsent_form_revision": Change({"revision": 0}),
    "uq_unsent_form_key": Twin(),
}
