"""The text that the small tokenizers are trained on: plain sentences in many scripts, written for this."""

SENTENCES = """
A ranking model reads a query together with a document and says how well the one answers the other.
The first stage finds a hundred candidates quickly; the second stage reads each of them with care.
Why does a long document need windows? Because the model reads only five hundred tokens at a time.
She didn't know that they're already here, and we've seen what he'll do when it's late.
In 2024 the river rose by 3.75 metres, about 12 feet; the bridge (built in 1893) held.
Tokenizers split words such as unbelievable, re-ranking, state-of-the-art and misunderstanding into pieces.
Prices rose from $1,299.00 to 1.349,50 EUR, i.e. by roughly 4% -- or was it 5%?
Send mail to someone@example.org or see https://example.org/a/b?c=d&e=f#top for details.
def score(query, document): return model(query, document)[0] if document else -1.0
The quick brown fox jumps over the lazy dog while the five boxing wizards jump quickly.
Water boils at one hundred degrees; ice melts at zero; salt lowers the melting point of ice.
Doctors recommend walking, sleeping well and drinking enough water during the summer months.
The city council voted to close the old market hall and to open a new library in its place.
Questions about history, geography, medicine and law are answered by different sources.
A search engine that returns ten good results is better than one that returns a thousand poor ones.
Die Größe der Bücher überraschte den Händler, denn früher waren sie schmäler und weniger schön.
Straßenbahnen fahren zwischen München und Zürich nicht, wohl aber Züge; übermorgen wieder öfter.
L'été dernier, nous avons mangé des crêpes à la crème près de l'hôtel où naquit le poète.
Où est la bibliothèque ? Ça dépend : après le château, à côté de l'école, très tôt déjà.
El niño comió una manzana en el jardín; ¿quién sabe cuándo volverá su señora a la montaña?
O coração da nação não está à venda, disse a irmã do capitão em São Tomé.
Zażółć gęślą jaźń, powiedział żółw, a słoń odparł, że źdźbło trawy jest świeże.
Příliš žluťoučký kůň úpěl ďábelské ódy nad řekou a šťastně běžel dál.
Bugün hava çok güzel; İstanbul'da ılık bir rüzgâr esiyor ve çocuklar şarkı söylüyor.
Tôi không biết đường đến thư viện, nhưng người bạn của tôi sống ở gần đó.
Быстрая река течёт через город, и каждый вечер люди гуляют по её берегу.
Поисковая система находит документы, а модель решает, какие из них отвечают на вопрос.
Їжак знайшов яблуко під деревом і поніс його додому, де чекали його діти.
Η γρήγορη αλεπού πηδάει πάνω από το τεμπέλικο σκυλί, ενώ ο ήλιος δύει στη θάλασσα.
Ο Οδυσσέας γύρισε στο σπίτι του μετά από είκοσι χρόνια.
הספרייה נמצאת ליד הנהר, והילדים קוראים שם ספרים בכל יום.
المكتبة قريبة من النهر، والأطفال يقرؤون الكتب هناك كل يوم.
کتابخانه نزدیک رودخانه است و کودکان هر روز آنجا کتاب می‌خوانند.
पुस्तकालय नदी के पास है और बच्चे हर दिन वहाँ किताबें पढ़ते हैं।
গ্রন্থাগারটি নদীর কাছে, আর শিশুরা প্রতিদিন সেখানে বই পড়ে।
நூலகம் ஆற்றின் அருகில் உள்ளது; குழந்தைகள் தினமும் அங்கே படிக்கிறார்கள்.
ห้องสมุดอยู่ใกล้แม่น้ำ และเด็กๆ อ่านหนังสือที่นั่นทุกวัน
图书馆在河边，孩子们每天都在那里看书。搜索引擎先找到文档，然后模型重新排序。
圖書館在河邊，孩子們每天都在那裡看書。
図書館は川のそばにあり、子どもたちは毎日そこで本を読みます。カタカナとひらがなも使います。
도서관은 강 근처에 있고 아이들은 매일 그곳에서 책을 읽습니다.
ბიბლიოთეკა მდინარესთან ახლოსაა და ბავშვები ყოველდღე კითხულობენ.
Գրադարանը գետի մոտ է, և երեխաները ամեն օր կարդում են։
ቤተ መጻሕፍቱ በወንዙ አጠገብ ነው።
The score rose by 12½ points, from ½ to ⅓ of the maximum — “nearly twice” the ‘old’ value…
Great work! 👍 The new release 🚀 is out; see the notes 📝 for what changed 😀.
E = mc², H₂O, 25 °C, 3 × 4 = 12, a ≠ b, x ≤ y, ∑ and ∫, α + β = γ.
""".strip().split("\n")
