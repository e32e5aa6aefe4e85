"""What simulated readers write: by planted group and language. Invented; nobody is quoted."""

REASONS = {
    "hopeful": {
        "ja": (
            "決断が速いほうが、役に立つものが早く届くと思うから。",
            "大きな挑戦は、思い切った一人から始まることが多い。",
            "責任者がはっきりしていて、かえってわかりやすい。",
            "会議ばかりでは世界の速さについていけない。",
            "うまくいけば、宇宙や医療まで一気に進みそう。",
        ),
        "en": (
            "Useful things arrive sooner when somebody decides.",
            "Big steps usually begin with one bold person.",
            "At least it is clear who answers for it.",
        ),
    },
    "worried": {
        "ja": (
            "間違えたときに止める人がいないのがこわい。",
            "速さを競うと、安全の確認が後回しになりそう。",
            "一人の考えで社会の仕組みまで変わるのは行きすぎだと思う。",
            "集めたデータがどう使われるのか見えない。",
            "選ばれたわけでもない人が、国のような力を持つのは不安。",
            "株主や取締役会があるのには理由があるはず。",
        ),
        "en": (
            "Nobody could stop a wrong decision.",
            "Safety checks suffer when speed is the contest.",
            "Nobody elected this person.",
            "I cannot see what happens to the data.",
        ),
    },
    "torn": {
        "ja": (
            "わくわくもするし、こわくもある。正直、まだ決められない。",
            "技術の進歩は見たいが、点検する仕組みもほしい。",
            "使い道によって答えが変わると思う。",
            "人によるので、仕組みとしては賛成も反対もしにくい。",
        ),
        "en": (
            "Exciting and frightening at once.",
            "It depends on what it is used for.",
            "I want the progress and I want somebody to check it.",
        ),
    },
}

OTHERS = {
    "ja": ("教育への影響", "仕事がなくなること", "環境への負担", "地方での使われ方"),
    "en": ("Effects on schools", "Jobs that disappear", "Energy use", "What it means for small places"),
}
