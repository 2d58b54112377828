"""Đối chiếu: what was put back, held against the manifest: rows, the end of the log and its whole chain, files."""

from collections.abc import Iterator

import sqlalchemy as sa

from pledges.upkeep.databases import broken_references, chain_fault, facts_of, stored_in
from pledges.upkeep.rules import Manifest


def differences(connection: sa.Connection, manifest: Manifest) -> list[str]:
    """What is not as the manifest says, in words; nothing when all is well."""
    return list(_differences(connection, manifest))


def _differences(connection: sa.Connection, manifest: Manifest) -> Iterator[str]:
    if fault := broken_references(connection):
        yield fault
        return
    facts = facts_of(connection)
    if facts.revisions != manifest.head.revisions:
        yield "phiên bản cơ sở dữ liệu không khớp bản kê"
    for table in sorted(facts.counts.keys() | manifest.counts.keys()):
        has, said = facts.counts.get(table, 0), manifest.counts.get(table, 0)
        if has != said:
            yield f"bảng {table} có {has} dòng, bản kê ghi {said}"
    if (facts.sealed, facts.seal) != (manifest.sealed, manifest.seal):
        yield "mục cuối của nhật ký không khớp bản kê"
    if fault := chain_fault(connection):
        yield fault
    yield from _of_files(connection, manifest)


def _of_files(connection: sa.Connection, manifest: Manifest) -> Iterator[str]:
    held = {one.name.rpartition("/")[2] for one in manifest.members if one.name.startswith("files/")}
    missed = [sha256 for sha256, _size in stored_in(connection) if sha256 not in held]
    if set(missed) - set(manifest.absent):
        yield "có tệp được ghi trong cơ sở dữ liệu mà không có trong bản sao lưu"
