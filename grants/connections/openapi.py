"""The OpenAPI file, made of the activity types: a new field is in it as soon as it is in its type."""

from __future__ import annotations

from functools import cache
from typing import Any

from grants.activities.api import ACTIVITY_TYPES, ActivityType, Field, FieldKind

MOST_ROWS = 1_000
Schema = dict[str, Any]

_TEXTS = {"type": "string"}


def field_schema(item: Field) -> Schema:
    """Numbers may also come as text, as a file has them: 「１８人」, 「約30」."""
    about = "。".join(part for part in (item.label, item.help.rstrip("。")) if part)
    found: Schema = {"description": f"{about}（{item.unit}）" if item.unit else about}
    if item.kind.is_number:
        is_whole = item.kind in (FieldKind.COUNT, FieldKind.YEN)
        found |= {
            "type": ["integer" if is_whole else "number", "string", "null"],
            "minimum": 0,
            "maximum": item.most,
        }
    elif item.kind is FieldKind.YES_NO:
        found |= {"type": ["boolean", "string", "null"]}
    elif item.options:
        found |= {"enum": [*item.options, "", None]}
    else:
        found |= {"type": ["string", "null"], "maxLength": item.longest}
    return found


def record_schema(activity: ActivityType) -> Schema:
    return {
        "type": "object",
        "title": activity.title,
        "description": f"{activity.name}（実施要領{activity.clause}）",
        "properties": {item.key: field_schema(item) for item in activity.entered_fields},
        "required": [item.key for item in activity.entered_fields if item.required],
        "patternProperties": {"^own_[0-9a-f]{8}$": {"type": ["number", "string", "null"]}}
        if activity.has_own_indicators
        else {},
        "additionalProperties": False,
    }


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_COUNT = {"type": "integer", "minimum": 0}
_UUID = {"type": "string", "format": "uuid"}
_DAY = {"type": "string", "format": "date"}


def _answers() -> dict[str, Schema]:
    return {
        "Reasons": _object(reasons=_list(_TEXTS)),
        "Month": _object(
            id=_UUID,
            activity=_TEXTS,
            activity_code=_TEXTS,
            first_month=_DAY,
            last_month=_DAY,
            due_on=_DAY,
            state={"enum": ["open", "submitted", "sent_back", "confirmed"]},
            return_reason=_TEXTS,
            records=_COUNT,
            own_indicators=_list(_object(key=_TEXTS, label=_TEXTS, unit=_TEXTS, target=_TEXTS)),
        ),
        "Problem": _object(
            id=_TEXTS,
            row={"type": ["integer", "null"], "description": "送った順の番号。1から。"},
            field=_TEXTS,
            label=_TEXTS,
            given=_TEXTS,
            level={"enum": ["error", "confirm"]},
            code=_TEXTS,
            reason=_TEXTS,
            fix=_TEXTS,
        ),
        "Sending": _object(
            id=_UUID,
            state={"enum": ["taken", "not_taken"]},
            read=_COUNT,
            new=_COUNT,
            changed=_COUNT,
            same=_COUNT,
            reasons=_list(_TEXTS),
            problems=_list(_reference("Problem")),
        ),
    }


def _body() -> Schema:
    rows = [_reference(f"Record{activity.code}") for activity in ACTIVITY_TYPES]
    return {
        "type": "object",
        "properties": {
            "records": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_ROWS,
                "items": {"anyOf": rows},
            },
            "confirmations": {
                "type": "object",
                "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 500},
                "description": "確認（level が confirm）の id と、正しい理由。",
            },
            "replace": {
                "type": "boolean",
                "description": "登録済みの記録と値が違うとき、新しい値に変えるか。",
            },
        },
        "required": ["records"],
        "additionalProperties": False,
    }


def _response(about: str, schema: Schema) -> Schema:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


_REASONS = {
    "400": _response("形の違う内容", _reference("Reasons")),
    "401": _response("接続キーが使えない", _reference("Reasons")),
    "403": _response("このキーではできない", _reference("Reasons")),
    "404": _response("見つからない", _reference("Reasons")),
    "409": _response("月報が提出済みなど、いまはできない", _reference("Reasons")),
    "429": _response("決まった時間の回数や行数を超えた", _reference("Reasons"))
    | {
        "headers": {
            "Retry-After": {
                "description": "もう一度送れるまでの秒数",
                "required": True,
                "schema": {"type": "integer", "minimum": 1},
            }
        }
    },
}


def _refusals(*codes: str) -> Schema:
    return {code: _REASONS[code] for code in codes}


def _parameter(name: str, about: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": about, "schema": _UUID}


def _paths() -> Schema:
    month = _parameter("month", "月報の id")
    records = {"type": "array", "items": {"type": "object"}}
    return {
        "/api/v1/months": {
            "get": {
                "operationId": "listMonths",
                "summary": "契約の月報の一覧",
                "responses": {
                    "200": _response("月報の一覧", _object(months=_list(_reference("Month")))),
                    **_refusals("401", "403", "429"),
                },
            }
        },
        "/api/v1/months/{month}/records": {
            "parameters": [month],
            "get": {
                "operationId": "listRecords",
                "summary": "月に登録してある記録",
                "responses": {
                    "200": _response("記録", _object(records=records)),
                    **_refusals("401", "403", "404", "429"),
                },
            },
            "post": {
                "operationId": "sendRecords",
                "summary": "実績を送る",
                "description": "すべての記録を登録するか、何も登録しません。"
                "同じ内容をもう一度送っても、記録は増えません。",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": _body()}},
                },
                "responses": {
                    "200": _response("登録した", _reference("Sending")),
                    "422": _response("直すところがあり、登録していない", _reference("Sending")),
                    **_refusals("400", "401", "403", "404", "409", "429"),
                },
            },
        },
        "/api/v1/sendings/{sending}": {
            "parameters": [_parameter("sending", "送った実績の id")],
            "get": {
                "operationId": "readSending",
                "summary": "送った結果をもう一度読む",
                "responses": {
                    "200": _response("送った結果", _reference("Sending")),
                    **_refusals("401", "403", "404", "429"),
                },
            },
        },
    }


@cache
def schema() -> Schema:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "孤独・孤立対策推進交付金ポータル　活動実績の送信",
            "version": "1",
            "description": "委託先のシステムから活動実績を送ります。"
            "画面やファイルと同じ決まりで読み、同じ言葉で答えます。"
            "接続キーごとに、決まった時間に送れる回数と行数があります。"
            "超えると429と、送れるまでの秒数（Retry-After）を返します。",
        },
        "security": [{"key": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": _answers()
            | {f"Record{activity.code}": record_schema(activity) for activity in ACTIVITY_TYPES},
        },
    }
