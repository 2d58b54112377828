"""Mẫu câu: what offices often write into a section, and what this office wrote there before. Plain Python."""

from collections.abc import Iterable, Mapping

USUAL: Mapping[str, tuple[str, ...]] = {
    "guidance": (
        (
            "Cấp ủy, chính quyền đã quán triệt, chỉ đạo các đơn vị xây dựng kế hoạch, phân công người phụ "
            "trách từng phần việc, gắn kết quả thực hiện với bình xét thi đua cuối năm."
        ),
        (
            "Hằng tháng, các đơn vị báo cáo tiến độ đúng hạn, kèm minh chứng; lãnh đạo duyệt báo cáo và giải quyết "
            "khó khăn, vướng mắc ngay trong kỳ."
        ),
        (
            "Công tác tuyên truyền được thực hiện trên hệ thống truyền thanh, tại các cuộc họp khu phố "
            "và trang thông tin điện tử."
        ),
    ),
    "totals": ("Kết quả cụ thể của từng phần việc tại Phụ lục kèm theo Báo cáo này.",),
    "notable": (
        "Các phần việc nêu trên được triển khai bài bản, có sản phẩm cụ thể, được Nhân dân đồng tình ủng hộ.",
        "Đề nghị các đơn vị nghiên cứu, nhân rộng cách làm.",
    ),
    "strengths": (
        (
            "Cấp ủy, chính quyền và người đứng đầu các đơn vị quan tâm chỉ đạo; phong trào được cán bộ, đảng viên "
            "và Nhân dân hưởng ứng tích cực."
        ),
        "Việc đăng ký phần việc bám sát nhiệm vụ chính trị của đơn vị, có chỉ tiêu, thời hạn rõ ràng.",
    ),
    "shortcomings": (
        "Một số đơn vị chưa chủ động, báo cáo còn chậm, minh chứng chưa đầy đủ.",
        "Công tác phối hợp giữa một số đơn vị có lúc chưa chặt chẽ.",
    ),
    "causes": (
        "Nguyên nhân khách quan: khối lượng công việc lớn, thời tiết diễn biến bất thường, nguồn kinh phí còn hạn chế.",
        "Nguyên nhân chủ quan: người đứng đầu một số đơn vị chưa sát sao trong chỉ đạo, kiểm tra, đôn đốc.",
    ),
    "lessons": (
        "Phân công rõ người, rõ việc, rõ thời hạn, rõ kết quả; thường xuyên kiểm tra, đôn đốc.",
        "Phát huy vai trò nêu gương của người đứng đầu và sự tham gia của Nhân dân.",
    ),
    "directions": (
        "Tiếp tục đẩy mạnh tuyên truyền, vận động cán bộ, đảng viên và Nhân dân hưởng ứng phong trào thi đua.",
        "Tăng cường kiểm tra, đôn đốc, kịp thời tháo gỡ khó khăn, vướng mắc cho các đơn vị.",
        "Lựa chọn tập thể, cá nhân tiêu biểu để đề nghị khen thưởng theo quy định.",
    ),
    "proposals": (
        "Đề nghị cấp trên quan tâm, hỗ trợ kinh phí thực hiện các công trình, phần việc.",
        "Đề nghị các đơn vị phối hợp thực hiện đúng thời hạn đã cam kết.",
    ),
}
"""Sentences without figures: what figures say fills itself."""

MOST = 5
"""So many that were written before are offered in one section; a longer list is not read."""


def offered(slot: str, before: Iterable[str], here: Iterable[str] = ()) -> tuple[str, ...]:
    """What is offered in a section: what the office wrote there before, the newest first, then the usual sentences.

    `here` is what stands in the section already: it is not offered once more.
    """
    said = {line.strip() for text in here for line in text.splitlines()}
    lines = (line.strip() for text in before for line in text.splitlines())
    own = [line for line in dict.fromkeys(lines) if line and line not in said][:MOST]
    usual = (line for line in USUAL.get(slot, ()) if line not in said and line not in own)
    return (*own, *usual)
