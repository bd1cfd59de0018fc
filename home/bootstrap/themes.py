"""The themes that pages are filed under, named as environmental administrations of each region name them."""

from cms.models import Theme

# Slug, then the names in English, Traditional Chinese (Taiwan), Korean, Japanese and Simplified Chinese (mainland).
THEMES: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("air", "Clean air", "空氣品質", "대기질", "大気環境", "大气质量"),
    ("biodiversity", "Biodiversity", "生物多樣性", "생물다양성", "生物多様性", "生物多样性"),
    ("climate", "Climate", "氣候變遷", "기후변화", "気候変動", "气候变化"),
    ("disasters", "Disaster resilience", "防災韌性", "재난 회복력", "防災・減災", "防灾减灾"),
    ("education", "Environmental education", "環境教育", "환경교육", "環境教育", "环境教育"),
    ("energy", "Energy", "能源", "에너지", "エネルギー", "能源"),
    ("food", "Food", "糧食與農業", "먹거리", "食料・農業", "粮食与农业"),
    ("greening", "Urban greening", "都市綠化", "도시 녹화", "都市緑化", "城市绿化"),
    ("industry", "Industry", "產業", "산업", "産業", "产业"),
    (
        "land-use",
        "Sustainable planning",
        "永續都市規劃",
        "지속가능한 도시계획",
        "持続可能なまちづくり",
        "可持续城市规划",
    ),
    ("participation", "Public participation", "公眾參與", "주민 참여", "市民参加", "公众参与"),
    ("transport", "Mobility", "交通運輸", "교통", "交通・モビリティ", "交通出行"),
    (
        "waste",
        "Waste and circular economy",
        "廢棄物與循環經濟",
        "폐기물과 순환경제",
        "廃棄物・循環経済",
        "废弃物与循环经济",
    ),
    ("water", "Water", "水資源", "물", "水環境", "水资源"),
)


def make_themes() -> list[str]:
    """Make the themes whose short name does not exist; return a line if there were any."""
    known = set(Theme.objects.values_list("slug", flat=True))
    missing = [
        Theme(slug=slug, name_en=en, name_zh_hant=hant, name_ko=ko, name_ja=ja, name_zh_hans=hans)
        for slug, en, hant, ko, ja, hans in THEMES
        if slug not in known
    ]
    for theme in missing:
        theme.save()
    return [f"{len(missing)} themes"] if missing else []
