"""The first words of the home page and the sections, in every language; editors and translators take them from there.

They stand here rather than in the message catalogues, since they become content: a later change of a message must not
look like a change of a page, and a page must not depend on which catalogues are compiled.
"""

from cms.languages import CODES

Words = dict[str, dict[str, str]]


def _each(*texts: str) -> dict[str, str]:
    return dict(zip(CODES, texts, strict=True))


# Address below the home page ("" is the home page itself) -> field -> language -> text.
WORDS: dict[str, Words] = {
    "": {
        "title": _each(
            "Cyber Environment Network of World Local Governments",
            "世界地方政府環境網路",
            "세계 지방정부 사이버환경네트워크",
            "世界自治体サイバー環境ネットワーク",
            "世界地方政府环境网络",
        ),
        "motto": _each(
            "For the world’s environment, for everyone, going together",
            "為世界環境，為所有人，攜手同行",
            "세계 환경을 위해, 모두를 위해, 함께 나아갑니다",
            "世界の環境のために、すべての人のために、ともに歩む",
            "为世界环境，为所有人，携手同行",
        ),
        "summary": _each(
            "Local governments that look for ideas together, learn from model cities, and carry out joint research.",
            "各地方政府在此一同尋找構想、向模範城市學習，並進行共同研究。",
            "지방정부가 함께 해법을 찾고, 모범도시에서 배우며, 공동 연구를 수행합니다.",
            "自治体がともに知恵を出し合い、モデル都市に学び、共同研究を進めるネットワークです。",
            "各地方政府在此共同寻找思路、向示范城市学习，并开展联合研究。",
        ),
    },
    "about": {
        "title": _each("About the network", "關於本網路", "네트워크 소개", "ネットワークについて", "关于本网络"),
        "summary": _each(
            "What the network is for, how it came about, and how to take part in it.",
            "本網路的宗旨、由來與參與方式。",
            "네트워크의 목적과 설립 과정, 참여 방법을 안내합니다.",
            "ネットワークの目的、成り立ち、参加の方法を紹介します。",
            "本网络的宗旨、由来与参与方式。",
        ),
    },
    "about/history": {
        "title": _each("History", "沿革", "연혁", "沿革", "发展历程"),
        "summary": _each(
            "From the call for a network in Jeju in 2012 until today.",
            "從 2012 年濟州的倡議到今日。",
            "2012년 제주에서의 제안부터 오늘까지의 발자취입니다.",
            "2012年の済州での提唱から今日までの歩みです。",
            "从2012年济州的倡议到今天。",
        ),
    },
    "about/membership": {
        "title": _each("Membership", "會員資格", "회원 가입", "会員制度", "会员资格"),
        "summary": _each(
            "Who can become a member, and what members do together.",
            "誰可以成為會員，以及會員一同進行的工作。",
            "누가 회원이 될 수 있고, 회원이 함께 무엇을 하는지 알려 드립니다.",
            "会員になれる自治体と、会員がともに行う活動を紹介します。",
            "谁可以成为会员，以及会员共同开展的工作。",
        ),
    },
    "about/contact": {
        "title": _each("Contact", "聯絡我們", "문의", "お問い合わせ", "联系我们"),
        "summary": _each(
            "How to reach the network’s secretariat.",
            "如何與本網路秘書處聯絡。",
            "네트워크 사무국에 연락하는 방법입니다.",
            "ネットワーク事務局への連絡方法です。",
            "如何与本网络秘书处联系。",
        ),
    },
    "partners": {
        "title": _each("Partners", "合作夥伴", "파트너", "パートナー", "合作伙伴"),
        "summary": _each(
            "Organisations that work with the network, and their part in summits, cases and calls.",
            "與本網路合作的組織，以及它們在高峰會、案例與研究徵件中的角色。",
            "네트워크와 함께하는 기관, 그리고 정상회의와 사례, 연구 공모에서 맡은 역할을 소개합니다.",
            "ネットワークと協働する団体と、サミット、事例、研究公募での役割を紹介します。",
            "与本网络合作的组织，以及它们在峰会、案例和研究征集中的角色。",
        ),
    },
    "partners/members": {
        "title": _each("Members", "會員", "회원", "会員", "会员"),
        "summary": _each(
            "Local governments that are members of the network.",
            "加入本網路的地方政府。",
            "네트워크의 회원인 지방정부입니다.",
            "ネットワークに加盟する自治体です。",
            "加入本网络的地方政府。",
        ),
    },
    "cases": {
        "title": _each("Model cities", "模範城市", "모범도시", "モデル都市", "示范城市"),
        "summary": _each(
            "What cities did for their environment, with results and lessons that others can use.",
            "各城市為環境所做的努力，以及可供他人借鏡的成果與經驗。",
            "도시가 환경을 위하여 한 일과 다른 도시가 활용할 수 있는 성과와 교훈을 모았습니다.",
            "都市が環境のために行った取組と、ほかの都市が生かせる成果と教訓をまとめました。",
            "各城市为环境所做的努力，以及可供他人借鉴的成果与经验。",
        ),
    },
    "events": {
        "title": _each("Events", "活動", "행사", "イベント", "活动"),
        "summary": _each(
            "Summits, and seminars on line. Coming events stand first.",
            "高峰會與線上研討會，即將舉行者列於最前。",
            "정상회의와 온라인 세미나입니다. 예정된 행사를 먼저 보여 줍니다.",
            "サミットとオンラインセミナーです。今後のイベントから順に掲載します。",
            "峰会与在线研讨会，即将举行的排在最前。",
        ),
    },
    "research": {
        "title": _each("Calls for research", "研究徵件", "연구 공모", "研究公募", "研究征集"),
        "summary": _each(
            "Joint research and development: what is called for, and until when.",
            "共同研究與開發：徵求的主題與截止日期。",
            "공동 연구개발의 공모 내용과 마감을 알려 드립니다.",
            "共同研究開発の公募内容と締切をお知らせします。",
            "联合研究与开发：征集的主题与截止日期。",
        ),
    },
    "news": {
        "title": _each("News", "最新消息", "소식", "ニュース", "新闻"),
        "summary": _each(
            "What the network, its members and its partners announce.",
            "本網路、會員與合作夥伴發布的消息。",
            "네트워크와 회원, 파트너가 전하는 소식입니다.",
            "ネットワーク、会員、パートナーからのお知らせです。",
            "本网络、会员与合作伙伴发布的消息。",
        ),
    },
}
