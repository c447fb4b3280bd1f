/**
 * Queries with a text each: what a model reads once to learn how large its activations get. Many
 * subjects, scripts and shapes of text, answers and non-answers, because a re-ranker sees both.
 */
export const CALIBRATION_PAIRS: readonly (readonly [query: string, text: string])[] = [
  [
    "how long does a passport renewal take",
    "Routine renewals are processed within six to eight weeks of the day we receive your form. For an extra fee of $60 the wait drops to two or three weeks; delivery can add up to ten days at either end.",
  ],
  [
    "how long does a passport renewal take",
    "The harbour museum is closed on Mondays. Guided tours of the lighthouse start at 10:30 and 14:00, weather permitting, and tickets are sold at the gate only.",
  ],
  [
    "why do leaves change colour in autumn",
    "As days shorten, trees stop making chlorophyll. The green fades and leaves show the yellow and orange carotenoids that were there all summer, while sugars trapped in the leaf are turned into red anthocyanins.",
  ],
  [
    "symptoms of iron deficiency",
    "Iron-deficiency anaemia often begins quietly: fatigue, pale skin, breathlessness on stairs, cold hands, brittle nails and a craving for ice or clay. A serum ferritin below 30 µg/L supports the diagnosis even when haemoglobin is still normal.",
  ],
  [
    "does vitamin C prevent colds?",
    "A review of 29 trials with 11,306 participants found no reduction in the number of colds among ordinary people (RR 0.97, 95% CI 0.94 to 1.00), although illness was shorter by about 8 per cent in adults.",
  ],
  [
    "reverse a list in python",
    'def reversed_copy(items):\n    """Return a new list, last element first."""\n    return items[::-1]\n\nitems.reverse()  # in place, returns None\nfor x in reversed(items): print(x)',
  ],
  [
    "TypeError: cannot read properties of undefined (reading 'map')",
    "The component rendered before the request finished, so `data` was still undefined. Give the state an empty array as its first value, or guard the call: `data?.map(row => <li key={row.id}>{row.name}</li>)`.",
  ],
  [
    "what is the notice period for tenants",
    "§ 12(3) Either party may end this agreement by giving not less than two (2) months' written notice, such notice to expire on the last day of a rental period; PROVIDED THAT nothing herein shall limit the landlord's remedies under § 14.",
  ],
  [
    "quarterly revenue growth",
    "Q3 revenue: €41.7m (+12.4% y/y; Q2: €39.9m). Gross margin 58.1% | EBITDA €6.2m | net debt 1.3x. Guidance for FY unchanged at 160–168m.",
  ],
  [
    "kann ich mein Abo pausieren?",
    "Ja. Öffnen Sie die Kontoeinstellungen, wählen Sie „Abonnement“ und dann „Pausieren“. Während der Pause wird nichts abgebucht, und Ihre Daten bleiben bis zu zwölf Monate lang gespeichert.",
  ],
  [
    "¿cuál es la capital de Australia?",
    "Aunque Sídney es la ciudad más poblada, la capital de Australia es Canberra, elegida en 1908 como compromiso entre Sídney y Melbourne.",
  ],
  [
    "comment rembourser un achat",
    "Les articles peuvent être retournés sous 30 jours s’ils n’ont pas été portés. Le remboursement est versé sur le moyen de paiement d’origine, hors frais de port.",
  ],
  [
    "東京の人口は？",
    "東京都の人口は約1,400万人で、日本の都道府県の中で最も多い。首都圏全体では約3,700万人が暮らしている。",
  ],
  [
    "如何重置路由器",
    "按住路由器背面的复位键十秒钟，直到所有指示灯同时闪烁，然后松开。设备会恢复出厂设置，之前的密码将被清除。",
  ],
  [
    "كيف أغير كلمة المرور",
    "افتح الإعدادات ثم اختر «الأمان» واضغط على «تغيير كلمة المرور». ستصلك رسالة تأكيد إلى بريدك الإلكتروني خلال دقائق.",
  ],
  [
    "как приготовить борщ",
    "Свёклу натрите и тушите с уксусом двадцать минут, затем добавьте в бульон вместе с капустой и картофелем; подавайте со сметаной.",
  ],
  [
    "दिल्ली से आगरा की दूरी",
    "दिल्ली से आगरा लगभग 230 किलोमीटर दूर है और यमुना एक्सप्रेसवे से गाड़ी द्वारा तीन से चार घंटे लगते हैं।",
  ],
  [
    "best 🍕 near me",
    "Loved it!!! 😍😍 The crust was soooo good, 10/10 would eat again... but parking = nightmare :( #pizza #friday",
  ],
  ["who wrote it", ""],
  ["a", "a"],
  [
    "error 0x80070057 disk format",
    "[2024-03-11T08:15:42Z] WARN vol=\\\\?\\Volume{3f1c-77} status=0x80070057 retry=3/5 elapsed=1204ms path=C:\\Users\\kim\\AppData\\Local\\Temp\\~DF3A.tmp sha1=da39a3ee5e6b4b0d3255bfef95601890afd80709",
  ],
  [
    "---",
    "|||| ==== **** //// ???? !!!! .... ,,,, ;;;; :::: (((( )))) [[[[ ]]]] {{{{ }}}} <<<< >>>> #### $$$$ %%%% &&&& ++++ ~~~~",
  ],
  [
    "what did the committee decide about the bridge, and was it unanimous or did anybody vote against the proposal to close it for the whole of next winter?",
    "The committee met for four hours. It did not close the bridge: by seven votes to two, with one abstention, it put weight limits in place from November and asked the engineers to report again in spring. Mrs Okafor and Mr Lindqvist, who voted against, said that limits nobody enforces protect nobody. The mayor replied that cameras had been ordered. Asked whether the river path would stay open, the clerk said that it would, except on days of frost, and that the ferry would run every half hour instead of every hour. Nobody had been told what this would cost. Repairs to the eastern pier, which divers found to be undercut by almost a metre, are to begin as soon as the water falls, and the old handrails, listed since 1974, will be numbered, taken down, and stored in the tram depot until the work is done.",
  ],
];
