"""What the page of papers offers, in groups, each paper with a sentence on what it is for."""

from dataclasses import dataclass

from pledges.documents.rules import PaperKind


@dataclass(frozen=True)
class Offer:
    """One paper, and what it is for."""

    kind: PaperKind
    words: str


@dataclass(frozen=True)
class OfferGroup:
    """Papers of one sort."""

    title: str
    offers: tuple[Offer, ...]


GROUPS = (
    OfferGroup(
        "Báo cáo, công văn, biên bản",
        (
            Offer(
                PaperKind.PROGRESS_REPORT,
                "Kết quả đến một ngày hoặc của một kỳ; cả phong trào, một khối hoặc một đơn vị, kèm phụ lục.",
            ),
            Offer(PaperKind.INTERIM_REPORT, "Đánh giá giữa chặng: kết quả, hạn chế, nguyên nhân, bài học."),
            Offer(PaperKind.FINAL_REPORT, "Đánh giá khi kết thúc phong trào, phương hướng tiếp theo."),
            Offer(
                PaperKind.URGING_LETTER,
                "Gửi các đơn vị còn chậm: thiếu gì, quá hạn mấy ngày, hoàn thành trước ngày nào.",
            ),
            Offer(PaperKind.MINUTES, "Diễn biến lễ ký gần nhất, kết quả và danh sách người ký."),
        ),
    ),
    OfferGroup(
        "Danh sách, bảng tổng hợp",
        (
            Offer(
                PaperKind.TASK_LIST,
                "Đơn vị chủ trì, phối hợp, chỉ tiêu, thời gian, kinh phí, kết quả của từng phần việc.",
            ),
            Offer(
                PaperKind.UNIT_SUMMARY,
                "Mỗi đơn vị một dòng: phần việc theo tình trạng, tiến độ, báo cáo, cam kết.",
            ),
            Offer(
                PaperKind.ATTENTION_LIST,
                "Phần việc lãnh đạo cần xem trước, lý do, vướng mắc chờ quyết định; có ô ghi ý kiến.",
            ),
            Offer(
                PaperKind.CALL_LIST, "Đơn vị chậm hoặc sắp đến hạn: còn thiếu gì, gọi ai, lần trước hẹn gì."
            ),
        ),
    ),
)
