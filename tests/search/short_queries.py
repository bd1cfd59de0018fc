"""What people type into a search box, a hundred times in each language: cities, terms, names, one to six words."""


def _queries(text: str) -> tuple[str, ...]:
    return tuple(query.strip() for query in text.replace("\n", "/").split("/") if query.strip())


QUERIES: dict[str, tuple[str, ...]] = {
    "en": _queries(
        """
        climate / water / waste / biodiversity / rivers / wetlands / air quality / green roofs / city partners / Suwon
        Kyoto protocol / noise map / urban heat island / circular economy / zero waste / food waste / composting
        smog / river restoration / flood protection / sponge city / bike lanes / low emission zone / public transport
        trams / solar panels on schools / energy efficiency / district heating / wind power / net zero by 2050
        carbon budget / adaptation plan / resilience / droughts / heat waves / sea level rise / green belt
        urban forest / street trees / parks / playgrounds / biosphere reserve / pollinators / bees / otters
        native species / invasive species / soil sealing / brownfields / landfill / plastic bags / reuse / repair café
        recycling rate / e-waste / sewage / drinking water / groundwater / rainwater harvesting / water loss
        desalination / lake cleaning / fisheries / environmental education / school gardens / youth council
        citizens' assembly / participatory budgeting / mayors / call for research / grants / deadline for proposals
        study visit / host a seminar / summit programme / speakers / how do cities save water / what is a model city
        who are the partners / Local Agenda 21 / declaration of Seoul / Freiburg / Curitiba / Melbourne / Nairobi
        Cape Town / Barcelona / Copenhagen / Vancouver / São Paulo / Montréal / Istanbul / Osaka bay / Taipei metro
        ICLEI / nrg4SD / CO2 / UN-Habitat / sister cities / annual report 2014
        """
    ),
    "ko": _queries(
        """
        수원 / 서울 / 부산광역시 / 인천 / 대구 / 광주 / 제주도 / 순천만 / 창원시 / 안산 / 춘천 / 전주 한옥마을 / 파주
        도쿄 / 타이베이 / 프라이부르크 / 쿠리치바 / 멜버른 / 나이로비 / 코펜하겐 / 기후 / 기후변화 / 기후 위기
        온실가스 / 온실가스 감축 / 탄소중립 / 탄소 중립 도시 / 에너지 / 재생에너지 / 태양광 / 풍력 발전 / 에너지 효율
        녹색건축 / 미세먼지 / 대기질 / 소음 / 교통 / 대중교통 / 자전거 / 자전거 도로 / 전기버스 / 보행자 / 물 / 하천
        하천 복원 / 생태하천 / 빗물 / 빗물 이용 / 상수도 / 하수 처리 / 지하수 / 습지 / 갯벌 / 호수 수질 / 홍수 / 가뭄
        폭염 / 열섬 현상 / 생물다양성 / 생물 다양성 협약 / 멸종위기종 / 수달 / 꿀벌 / 도시 숲 / 가로수 / 공원
        옥상 녹화 / 학교 텃밭 / 환경 교육 / 지속가능발전 / 지속가능한 도시 / 지방의제 21 / 폐기물 / 쓰레기
        음식물 쓰레기 / 재활용 / 분리배출 / 플라스틱 / 일회용품 줄이기 / 자원순환 / 매립지 / 시민 참여 / 주민참여예산
        청소년 / 시장 회의 / 도시 정상회의 / 세미나 / 연구 공모 / 공모 마감 / 지원서 / 회원 도시 / 파트너
        모범 도시 사례 / 현장 방문 / ICLEI 한국사무소 / CO2 감축 / COP 28 결과 / 염태영 시장 / 도시의 물을 아끼는 방법
        우리 동네 하천 살리기 / 행사 일정
        """
    ),
    "ja": _queries(
        """
        東京 / 大阪 / 京都市 / 横浜 / 名古屋市 / 北九州市 / 仙台 / 札幌 / 広島 / 福岡市 / 神戸 / 沖縄 / 水俣 / 長野県
        滋賀県 / スウォン / ソウル / 台北 / フライブルク / クリチバ / メルボルン / ナイロビ / コペンハーゲン / 気候
        気候変動 / 気候変動対策 / 温室効果ガス / 温室効果ガスの削減 / 脱炭素 / 脱炭素社会 / 地球温暖化 / エネルギー
        再生可能エネルギー / 太陽光発電 / 風力発電 / 省エネ / 省エネルギー住宅 / 地域熱供給 / 大気汚染 / 騒音 / 交通
        公共交通 / 自転車 / 自転車道 / 電気バス / 歩行者天国 / 水 / みず / 川 / きれいな川 / 河川再生 / 雨水利用
        上水道 / 下水処理 / 地下水 / 湿地 / 干潟の保全 / 湖の水質 / 洪水 / 渇水 / 猛暑 / ヒートアイランド / 生物多様性
        生物多様性条約 / 絶滅危惧種 / カワウソ / ミツバチ / 里山 / 都市の森 / 街路樹 / 公園 / 屋上緑化 / 校庭の菜園
        環境教育 / 持続可能な都市 / 持続可能な開発 / ローカルアジェンダ / 廃棄物 / ごみ / 生ごみ / 食品ロス
        リサイクル / 分別 / プラスチック / 使い捨て容器 / 循環型社会 / 最終処分場 / 市民参加 / 若者会議 / 市長会議
        サミット / セミナー / 研究公募 / 応募の締め切り / 申請書 / 会員都市 / パートナー / モデル都市 / 視察受け入れ
        イクレイ日本 / CO2を減らす / 京都議定書 / 都市で水を節約する方法
        """
    ),
    "zh-hant": _queries(
        """
        臺北 / 台北市 / 高雄 / 臺中市 / 臺南 / 新竹 / 桃園市 / 花蓮 / 宜蘭縣 / 香港 / 澳門 / 首爾 / 水原 / 東京 / 橫濱
        新加坡 / 弗萊堡 / 庫里奇巴 / 墨爾本 / 奈洛比 / 哥本哈根 / 氣候 / 氣候變遷 / 氣候調適 / 溫室氣體 / 溫室氣體減量
        淨零排放 / 碳中和 / 低碳城市 / 全球暖化 / 能源 / 再生能源 / 太陽能 / 太陽光電 / 風力發電 / 節能 / 節約能源
        綠建築 / 空氣品質 / 空氣污染 / 噪音 / 交通 / 大眾運輸 / 捷運 / 自行車 / 自行車道 / 電動公車 / 行人徒步區 / 水
        水資源 / 河川 / 河川復育 / 雨水回收 / 自來水 / 污水處理 / 地下水 / 濕地 / 濕地保育 / 湖泊水質 / 防洪
        海綿城市 / 乾旱 / 熱浪 / 熱島效應 / 生物多樣性 / 生物多樣性公約 / 瀕危物種 / 水獺 / 蜜蜂 / 都市森林 / 行道樹
        公園 / 屋頂綠化 / 校園菜園 / 環境教育 / 永續發展 / 永續城市 / 地方二十一世紀議程 / 廢棄物 / 垃圾 / 垃圾分類
        廚餘 / 食物浪費 / 資源回收 / 塑膠 / 一次性餐具 / 循環經濟 / 掩埋場 / 公民參與 / 參與式預算 / 青年會議
        市長論壇 / 高峰會 / 研討會 / 研究徵件 / 徵件截止日期 / 申請表 / 會員城市 / 夥伴 / 模範城市案例 / 參訪
        宜居城市 / 氣候緊急狀態 / 城市怎麼節約用水 / ICLEI 東亞 / 京都議定書 / 減少 CO2 排放 / 誰是合作夥伴
        """
    ),
    "zh-hans": _queries(
        """
        北京 / 上海 / 广州 / 深圳 / 成都 / 杭州 / 武汉 / 昆明 / 贵阳 / 苏州 / 青岛 / 厦门 / 首尔 / 水原 / 东京 / 横滨
        台北 / 新加坡 / 弗赖堡 / 库里蒂巴 / 墨尔本 / 内罗毕 / 哥本哈根 / 气候 / 气候变化 / 气候适应 / 温室气体
        温室气体减排 / 净零排放 / 碳中和 / 低碳城市 / 全球变暖 / 能源 / 可再生能源 / 太阳能 / 光伏发电 / 风力发电
        节能 / 节约能源 / 绿色建筑 / 空气质量 / 空气污染 / 噪声 / 交通 / 公共交通 / 地铁 / 自行车 / 自行车道
        电动公交车 / 步行街 / 水 / 水资源 / 河流 / 河流修复 / 雨水利用 / 自来水 / 污水处理 / 地下水 / 湿地 / 湿地保护
        湖泊水质 / 防洪 / 海绵城市 / 干旱 / 热浪 / 热岛效应 / 生物多样性 / 生物多样性公约 / 濒危物种 / 水獭 / 蜜蜂
        城市森林 / 行道树 / 公园 / 屋顶绿化 / 校园菜园 / 环境教育 / 可持续发展 / 可持续城市 / 地方二十一世纪议程
        废弃物 / 垃圾 / 垃圾分类 / 厨余垃圾 / 食物浪费 / 资源回收 / 塑料 / 一次性餐具 / 循环经济 / 填埋场 / 公众参与
        参与式预算 / 青年会议 / 市长论坛 / 峰会 / 研讨会 / 研究征集 / 征集截止日期 / 申请表 / 会员城市 / 伙伴
        示范城市案例 / 考察 / 宜居城市 / 城市怎么节约用水 / ICLEI 东亚 / 京都议定书
        """
    ),
}
