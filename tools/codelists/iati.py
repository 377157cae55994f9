"""The lists of the IATI Standard, and those of the OECD that it replicates: codes, names, days; no long texts."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tools.codelists.sheet import Row, plain

# Our slug, and what IATI calls the list. What is not IATI's own bears no "iati-".
LISTS = {
    "sector-category": "SectorCategory",
    "sector": "Sector",
    "dac-region": "Region",
    "aid-type-category": "AidType-category",
    "aid-type": "AidType",
    "flow-type": "FlowType",
    "finance-type-category": "FinanceType-category",
    "finance-type": "FinanceType",
    "collaboration-type": "CollaborationType",
    "tied-status": "TiedStatus",
    "channel": "CRSChannelCode",
    "policy-marker": "PolicyMarker",
    "policy-significance": "PolicySignificance",
    "iati-activity-date-type": "ActivityDateType",
    "iati-activity-scope": "ActivityScope",
    "iati-activity-status": "ActivityStatus",
    "iati-budget-status": "BudgetStatus",
    "iati-budget-type": "BudgetType",
    "iati-description-type": "DescriptionType",
    "iati-document-level": "DocumentCategory-category",
    "iati-document-category": "DocumentCategory",
    "iati-indicator-measure": "IndicatorMeasure",
    "iati-organisation-role": "OrganisationRole",
    "iati-organisation-type": "OrganisationType",
    "iati-region-vocabulary": "RegionVocabulary",
    "iati-related-activity-type": "RelatedActivityType",
    "iati-result-type": "ResultType",
    "iati-sector-vocabulary": "SectorVocabulary",
    "iati-tag-vocabulary": "TagVocabulary",
    "iati-transaction-type": "TransactionType",
}
# In which list the category of a code stands.
ABOVE = {
    "sector": "sector-category",
    "aid-type": "aid-type-category",
    "finance-type": "finance-type-category",
    "channel": "channel",
    "iati-document-category": "iati-document-level",
}
# Of a code withdrawn on a day that is not told, this much is sure: it was withdrawn before the release that was read.
RELEASED = "2026-06-30"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def lists(folder: Path) -> dict[str, list[Row]]:
    """Every list above."""
    items = {slug: _items(folder / f"{name}.xml") for slug, name in LISTS.items()}
    ids = {f"{slug}:{_code(item)}" for slug, held in items.items() for item in held}
    return {slug: [_row(slug, item, ids) for item in held] for slug, held in items.items()}


def _items(path: Path) -> list[etree._Element]:
    return list(etree.parse(str(path)).iterfind("codelist-items/codelist-item"))


def _code(item: etree._Element) -> str:
    return plain(item.findtext("code", ""))


def _row(slug: str, item: etree._Element, ids: set[str]) -> Row:
    return {
        "code": _code(item),
        **_names(item),
        "parent": _parent(slug, item.findtext("category", ""), ids),
        "valid_from": item.get("activation-date", ""),
        "valid_to": _last_day(item),
    }


def _parent(slug: str, category: str, ids: set[str]) -> str:
    """A category is a code of the list of categories; of a few types of aid it is another type of aid.

    One withdrawn type of finance names a category that no list holds: it stands under none.
    """
    above = (f"{other}:{category}" for other in (ABOVE.get(slug), slug))
    return next((one for one in above if one in ids), "") if slug in ABOVE else ""


def _names(item: etree._Element) -> Row:
    return {
        f"name_{narrative.get(LANGUAGE, 'en')}": plain(narrative.text or "")
        for narrative in item.iterfind("name/narrative")
    }


def _last_day(item: etree._Element) -> str:
    undated = RELEASED if item.get("status") == "withdrawn" else ""
    return item.get("withdrawal-date") or undated
