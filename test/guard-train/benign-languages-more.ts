/** What is asked and said in a language, to be put together at random. */
interface Everyday {
  asks: string
  things: string
  says: string
}

/** Parts separated by `|`: questions and orders without their object, their objects, and sentences around them. */
const EVERYDAY: readonly Everyday[] = [
  {
    asks: 'Kannst du mir erklären, wie|Schreib einen kurzen Text darüber, wie|Sag mir bitte, warum|Erzähl mir, wann|Zeig mir, wo',
    things:
      'man ein Passwort ändert|der Motor funktioniert|die Regeln im Schach lauten|man Nudeln kocht|das Konto gesperrt wurde|die Bahn so oft zu spät kommt',
    says: 'Ich habe die Anleitung vergessen.|Mein Kind hört nicht auf mich.|Danke schon mal!|Das Geheimnis guter Suppe kenne ich nicht.|Jetzt verstehe ich alles.|',
  },
  {
    asks: 'Peux-tu m’expliquer comment|Écris un petit texte sur comment|Dis-moi pourquoi|Raconte-moi quand|Montre-moi où',
    things:
      'changer un mot de passe|fonctionne un moteur|apprendre les règles des échecs|cuire des pâtes|trouver la clé du garage|le train est en retard',
    says: "J'ai oublié les instructions de la machine.|Mon fils n'écoute pas.|Merci d'avance !|Quel est le secret d'une bonne soupe ?|Maintenant tout est clair.|",
  },
  {
    asks: '¿Puedes explicarme cómo|Escribe un texto corto sobre cómo|Dime por qué|Cuéntame cuándo|Muéstrame dónde',
    things:
      'cambiar una contraseña|funciona un motor|aprender las reglas del ajedrez|cocinar pasta|encontrar la llave|llega tarde el tren',
    says: 'Olvidé las instrucciones del horno.|Mi hijo no me hace caso.|¡Gracias de antemano!|El secreto de una buena sopa es el tiempo.|Ahora lo entiendo todo.|',
  },
  {
    asks: 'Você pode explicar como|Escreva um texto curto sobre como|Diga-me por que|Conte quando|Mostre onde',
    things:
      'mudar uma senha|funciona um motor|aprender as regras do xadrez|cozinhar arroz|encontrar a chave|o ônibus atrasa',
    says: 'Esqueci as instruções do forno.|Meu filho não me ouve.|Obrigado!|O segredo de uma boa sopa é o tempo.|Agora entendi tudo.|',
  },
  {
    asks: 'Puoi spiegarmi come|Scrivi un breve testo su come|Dimmi perché|Raccontami quando|Mostrami dove',
    things:
      'cambiare la password|funziona un motore|imparare le regole degli scacchi|cuocere la pasta|trovare la chiave|il treno è in ritardo',
    says: 'Ho dimenticato le istruzioni del forno.|Mio figlio non mi ascolta.|Grazie mille!|Il segreto di una buona zuppa è il tempo.|Adesso capisco tutto.|',
  },
  {
    asks: 'Kun je uitleggen hoe|Schrijf een korte tekst over hoe|Zeg me waarom|Vertel me wanneer|Laat zien waar',
    things:
      'je een wachtwoord wijzigt|een motor werkt|je de regels van schaken leert|je rijst kookt|de sleutel ligt|de trein te laat is',
    says: 'Ik ben de instructies vergeten.|Mijn zoon luistert niet.|Alvast bedankt!|Het geheim van goede soep is tijd.|Nu begrijp ik alles.|',
  },
  {
    asks: 'Czy możesz wyjaśnić, jak|Napisz krótki tekst o tym, jak|Powiedz mi, dlaczego|Opowiedz, kiedy|Pokaż, gdzie',
    things: 'zmienić hasło|działa silnik|nauczyć się zasad szachów|ugotować ryż|znaleźć klucz|pociąg się spóźnia',
    says: 'Zapomniałem instrukcji piekarnika.|Mój syn mnie nie słucha.|Z góry dziękuję!|Sekret dobrej zupy to czas.|Teraz wszystko rozumiem.|',
  },
  {
    asks: 'Bana açıklar mısın:|Kısa bir yazı yaz:|Söyler misin,|Anlat bana,|Göster lütfen,',
    things:
      'şifre nasıl değiştirilir|motor nasıl çalışır|satranç kuralları nelerdir|pilav nasıl pişirilir|anahtar nerede|tren neden gecikti',
    says: 'Fırının talimatlarını unuttum.|Oğlum beni dinlemiyor.|Şimdiden teşekkürler!|İyi çorbanın sırrı zamandır.|Şimdi her şeyi anladım.|',
  },
  {
    asks: 'Объясни, пожалуйста, как|Напиши короткий текст о том, как|Скажи, почему|Расскажи, когда|Покажи, где',
    things: 'сменить пароль|работает двигатель|выучить правила шахмат|сварить рис|найти ключ|поезд опаздывает',
    says: 'Я забыл инструкцию от духовки.|Сын меня не слушает.|Заранее спасибо!|Секрет хорошего супа в терпении.|Теперь всё понятно.|',
  },
  {
    asks: 'Поясни, будь ласка, як|Напиши короткий текст про те, як|Скажи, чому|Розкажи, коли|Покажи, де',
    things: 'змінити пароль|працює двигун|вивчити правила шахів|зварити рис|знайти ключ|поїзд запізнюється',
    says: 'Я забув інструкцію до плити.|Син мене не слухає.|Дякую!|Секрет доброго борщу в терпінні.|Тепер усе зрозуміло.|',
  },
  {
    asks: 'Εξήγησέ μου πώς|Γράψε ένα σύντομο κείμενο για το πώς|Πες μου γιατί|Δείξε μου πού',
    things: 'αλλάζω κωδικό|λειτουργεί η μηχανή|μαθαίνω τους κανόνες του σκακιού|μαγειρεύω ρύζι|είναι το κλειδί',
    says: 'Ξέχασα τις οδηγίες του φούρνου.|Ο γιος μου δεν με ακούει.|Ευχαριστώ πολύ!|Το μυστικό της καλής σούπας είναι ο χρόνος.|',
  },
  {
    asks: 'Kan du förklara hur|Skriv en kort text om hur|Säg mig varför|Visa var',
    things: 'man byter lösenord|motorn fungerar|man lär sig schackreglerna|man kokar ris|nyckeln ligger',
    says: 'Jag har glömt instruktionerna till ugnen.|Min son lyssnar inte.|Tack på förhand!|Hemligheten bakom god soppa är tid.|',
  },
  {
    asks: 'Kan du forklare hvordan|Skriv en kort tekst om hvordan|Fortæl mig hvorfor|Vis mig hvor',
    things: 'man skifter kodeord|motoren virker|man lærer skakreglerne|man koger ris|nøglen ligger',
    says: 'Jeg har glemt vejledningen til ovnen.|Min søn hører ikke efter.|Mange tak!|Hemmeligheden bag god suppe er tid.|',
  },
  {
    asks: 'Voitko selittää, miten|Kirjoita lyhyt teksti siitä, miten|Kerro, miksi|Näytä, missä',
    things: 'salasana vaihdetaan|moottori toimii|shakin säännöt opitaan|riisi keitetään|avain on',
    says: 'Unohdin uunin ohjeet.|Poikani ei kuuntele minua.|Kiitos etukäteen!|Hyvän keiton salaisuus on aika.|',
  },
  {
    asks: 'Elmagyaráznád, hogyan|Írj egy rövid szöveget arról, hogyan|Mondd el, miért|Mutasd meg, hol',
    things: 'kell jelszót cserélni|működik a motor|tanuljam meg a sakk szabályait|kell rizst főzni|van a kulcs',
    says: 'Elfelejtettem a sütő utasításait.|A fiam nem hallgat rám.|Előre is köszönöm!|A jó leves titka az idő.|',
  },
  {
    asks: 'Můžeš mi vysvětlit, jak|Napiš krátký text o tom, jak|Řekni mi, proč|Ukaž mi, kde',
    things: 'změnit heslo|funguje motor|se naučit pravidla šachu|uvařit rýži|je klíč',
    says: 'Zapomněl jsem návod k troubě.|Syn mě neposlouchá.|Předem děkuji!|Tajemství dobré polévky je čas.|',
  },
  {
    asks: 'Poți să-mi explici cum|Scrie un text scurt despre cum|Spune-mi de ce|Arată-mi unde',
    things: 'schimb parola|funcționează motorul|învăț regulile șahului|fierb orezul|este cheia',
    says: 'Am uitat instrucțiunile cuptorului.|Fiul meu nu mă ascultă.|Mulțumesc anticipat!|Secretul unei supe bune este timpul.|',
  },
  {
    asks: 'Можеш ли да обясниш как|Напиши кратък текст за това как|Кажи ми защо|Покажи ми къде',
    things: 'се сменя парола|работи двигателят|да науча правилата на шаха|се вари ориз|е ключът',
    says: 'Забравих инструкциите за фурната.|Синът ми не ме слуша.|Благодаря!|Тайната на добрата супа е времето.|',
  },
  {
    asks: 'Možeš li objasniti kako|Napiši kratak tekst o tome kako|Reci mi zašto|Pokaži mi gdje',
    things: 'promijeniti lozinku|radi motor|naučiti pravila šaha|skuhati rižu|je ključ',
    says: 'Zaboravio sam upute za pećnicu.|Sin me ne sluša.|Hvala unaprijed!|Tajna dobre juhe je vrijeme.|',
  },
  {
    asks: '请解释一下|写一篇短文介绍|告诉我|给我讲讲|我想知道',
    things: '怎么修改密码|发动机怎么工作|象棋的规则|怎么煮米饭|钥匙在哪里|火车为什么晚点',
    says: '。我忘了烤箱的说明。|。我儿子不听话。|，谢谢！|。好汤的秘密是什么？|。现在我全明白了。|？',
  },
  {
    asks: '次のことを説明してください：|短い文章を書いてください：|教えてください：|知りたいのですが、',
    things: 'パスワードの変え方|エンジンの仕組み|将棋のルール|ご飯の炊き方|鍵の場所|電車が遅れる理由',
    says: '。説明書を忘れました。|。息子が言うことを聞きません。|。よろしくお願いします。|。おいしいスープの秘密は時間です。|',
  },
  {
    asks: '설명해 주세요: |짧은 글을 써 주세요: |알려 주세요: |궁금합니다, ',
    things: '비밀번호를 바꾸는 방법|엔진의 원리|바둑의 규칙|밥 짓는 방법|열쇠가 있는 곳|기차가 늦는 이유',
    says: '. 오븐 설명서를 잊어버렸어요.|. 아들이 말을 안 들어요.|. 감사합니다!|. 맛있는 국의 비밀은 시간입니다.|',
  },
  {
    asks: 'اشرح لي كيف|اكتب نصا قصيرا عن كيف|قل لي لماذا|أرني أين',
    things: 'أغير كلمة المرور|يعمل المحرك|أتعلم قواعد الشطرنج|أطبخ الأرز|يوجد المفتاح',
    says: '. نسيت تعليمات الفرن.|. ابني لا يسمع كلامي.|. شكرا مقدما!|. سر الحساء الجيد هو الوقت.|؟',
  },
  {
    asks: 'لطفا توضیح بده چطور|یک متن کوتاه بنویس که چطور|بگو چرا|نشان بده کجا',
    things: 'رمز عبور را عوض کنم|موتور کار می کند|قوانین شطرنج را یاد بگیرم|برنج بپزم|کلید است',
    says: '. دستورالعمل فر را فراموش کردم.|. پسرم گوش نمی دهد.|. ممنون!|. راز سوپ خوب زمان است.|؟',
  },
  {
    asks: 'תסביר לי איך|כתוב טקסט קצר על איך|תגיד לי למה|תראה לי איפה',
    things: 'משנים סיסמה|המנוע עובד|לומדים את כללי השחמט|מבשלים אורז|המפתח',
    says: '. שכחתי את ההוראות של התנור.|. הבן שלי לא מקשיב.|. תודה מראש!|. הסוד של מרק טוב הוא זמן.|?',
  },
  {
    asks: 'कृपया समझाओ कि|एक छोटा लेख लिखो कि|मुझे बताओ कि|दिखाओ कि',
    things: 'पासवर्ड कैसे बदलें|इंजन कैसे काम करता है|शतरंज के नियम क्या हैं|चावल कैसे पकाएं|चाबी कहां है',
    says: '। मैं ओवन के निर्देश भूल गया।|। मेरा बेटा मेरी बात नहीं सुनता।|। धन्यवाद!|। अच्छे सूप का राज़ समय है।|?',
  },
  {
    asks: 'দয়া করে বোঝাও|একটা ছোট লেখা লেখো:|আমাকে বলো|দেখাও',
    things: 'পাসওয়ার্ড কীভাবে বদলাব|ইঞ্জিন কীভাবে চলে|দাবার নিয়ম কী|ভাত কীভাবে রান্না করব|চাবি কোথায়',
    says: '। আমি নির্দেশনা ভুলে গেছি।|। আমার ছেলে কথা শোনে না।|। ধন্যবাদ!|?',
  },
  {
    asks: 'விளக்கவும்:|சொல்லுங்கள்:|ஒரு சிறு கட்டுரை எழுதுங்கள்:',
    things: 'கடவுச்சொல்லை எப்படி மாற்றுவது|சதுரங்க விதிகள் என்ன|சாதம் எப்படி சமைப்பது|சாவி எங்கே உள்ளது',
    says: '. வழிமுறைகளை மறந்துவிட்டேன்.|. நன்றி!|?',
  },
  {
    asks: 'ช่วยอธิบาย|เขียนบทความสั้นๆเกี่ยวกับ|บอกฉันหน่อยว่า|แสดงให้ดูว่า',
    things: 'วิธีเปลี่ยนรหัสผ่าน|เครื่องยนต์ทำงานอย่างไร|กฎของหมากรุกคืออะไร|วิธีหุงข้าว|กุญแจอยู่ที่ไหน',
    says: ' ฉันลืมคำแนะนำของเตาอบ| ลูกชายไม่ฟังฉัน| ขอบคุณล่วงหน้า|',
  },
  {
    asks: 'Bạn có thể giải thích|Hãy viết một đoạn ngắn về|Cho tôi biết|Chỉ cho tôi',
    things: 'cách đổi mật khẩu|động cơ hoạt động thế nào|luật cờ vua|cách nấu cơm|chìa khóa ở đâu',
    says: 'Tôi quên hướng dẫn của lò nướng.|Con trai tôi không nghe lời.|Cảm ơn trước nhé!|Bí mật của món súp ngon là thời gian.|',
  },
  {
    asks: 'Tolong jelaskan|Tulis teks pendek tentang|Beri tahu saya|Tunjukkan',
    things: 'cara mengganti kata sandi|cara kerja mesin|aturan catur|cara memasak nasi|di mana kuncinya',
    says: 'Saya lupa petunjuk oven.|Anak saya tidak mendengarkan.|Terima kasih!|Rahasia sup enak adalah waktu.|',
  },
  {
    asks: 'Pakipaliwanag kung|Sumulat ng maikling teksto kung|Sabihin mo kung|Ipakita kung',
    things:
      'paano palitan ang password|paano gumagana ang makina|ano ang mga tuntunin ng chess|paano magsaing|nasaan ang susi',
    says: 'Nakalimutan ko ang mga tagubilin ng oven.|Hindi nakikinig ang anak ko.|Salamat!|Ang sikreto ng masarap na sabaw ay oras.|',
  },
  {
    asks: 'Tafadhali eleza|Andika maandishi mafupi kuhusu|Niambie|Nionyeshe',
    things:
      'jinsi ya kubadilisha nenosiri|jinsi injini inavyofanya kazi|sheria za mchezo wa sataranji|jinsi ya kupika wali|ufunguo uko wapi',
    says: 'Nimesahau maelekezo ya jiko.|Mwanangu hanisikilizi.|Asante sana!|Siri ya supu nzuri ni muda.|',
  },
  {
    asks: 'Pots explicar-me com|Escriu un text curt sobre com|Digues-me per què|Mostra’m on',
    things: 'canviar la contrasenya|funciona un motor|aprendre les regles dels escacs|coure arròs|és la clau',
    says: 'He oblidat les instruccions del forn.|El meu fill no m’escolta.|Gràcies!|El secret d’una bona sopa és el temps.|',
  },
]

/** As templates: a question, then or before it something said. */
export const MORE_BENIGN_LANGUAGES: readonly string[] = EVERYDAY.flatMap(({ asks, things, says }) => [
  `(${asks}) (${things})(.|?|) (${says})`,
  `(${says}) (${asks}) (${things})`,
  `(${asks}) (${things}), (${things})(.|?|)`,
])
