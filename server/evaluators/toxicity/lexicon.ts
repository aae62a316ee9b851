/**
 * Words and phrases that a reply to a customer should not have, by how bad they are: `mild` is rude, `strong` is vulgar or a
 * gross insult, `severe` threatens or degrades people for what they are. They stand here so that replies with them can be
 * found, for no other end. Chosen by hand for this list. Left out are those that are ordinary words in another of these
 * languages (French “retard”, German “dick”, Swedish “slut”) or in their own.
 * Between commas; with `*` at the end, any word that begins so. In small letters, accents as they are written.
 */
export const SEVERITIES = ['mild', 'strong', 'severe'] as const
export type Severity = (typeof SEVERITIES)[number]

export const LEXICON: Readonly<Record<string, Readonly<Record<Severity, string>>>> = {
  en: {
    mild: `damn, damned, dammit, damnit, goddamn, crap, crappy, crappiest, bollocks, bugger off, piss off, pissed off,
      arse, ass, idiot, idiots, idiotic, moron, morons, moronic, imbecile, imbeciles, dumbass, dumbasses, shut up,
      screw you, sod off, dipshit, jackass, pussy, wtf, stfu, scumbag, scumbags, dimwit, dimwits, nitwit`,
    strong: `fuck*, motherfuck*, clusterfuck*, shit, shits, shitty, shittier, shitting, shithead*, shithole*, shitshow, bullshit*,
      horseshit, asshole*, arsehole*, bitch*, son of a bitch, sons of bitches, bastard, bastards, dickhead*, douchebag*,
      wanker*, tosser, twat, twats, prick, pricks, whore*, sluts, slutty, you slut, a slut, jerkoff, cocksucker*,
      retarded, you retard, a retard, libtard*, go to hell`,
    severe: `cunt*, nigger*, nigga*, faggot*, kikes, spics, wetback*, gooks, ragheads, towelheads, tranny, trannies, pakis,
      kill yourself, kys, go die, hang yourself, i will kill you, you should die, deserve to die, subhuman, subhumans, untermensch*,
      white trash, gas the jews`,
  },
  de: {
    mild: `verdammt, verdammte, verdammter, scheibenkleister, idiot, idioten, idiotisch, trottel, depp, deppen, vollidiot*,
      blödmann, dummkopf, mistkerl, drecksack, halt die klappe, halts maul, blöde kuh, penner`,
    strong: `scheiß*, scheiss*, beschissen*, arsch*, verarsch*, fick, ficken, ficker, fickt, gefickt, wichser*, hurensohn*,
      hurensöhne, schlampe*, nutte*, fotze*, missgeburt*, spast, spasten, spasti*, verpiss dich, halt die fresse, drecksau,
      drecksäue, schwanzlutscher*`,
    severe: `neger, negern, kanake*, kanacke*, schwuchtel*, zigeunerpack, judensau, untermenschen, bring dich um, stirb endlich,
      ich bring dich um, vergasen sollte man`,
  },
  fr: {
    mild: `merde, merdes, merdique*, idiot, idiote, imbécile, imbéciles, crétin, crétine, crétins, abruti*, débile, ta gueule,
      ferme-la, casse-toi, bordel de merde, chiant, chiante`,
    strong: `putain, putains, pute, putes, fils de pute, connard*, connasse*, conasse, salope*, salaud*, enculé*, enculer,
      bâtard*, niquer, nique ta mère, va te faire foutre, va te faire enculer, enfoiré*, pétasse*, trou du cul`,
    severe: `bougnoule*, bamboula*, négro*, youpin*, pédé, pédés, tapette, tapettes, sale arabe, sale juif, sale noir, suicide-toi,
      va crever`,
  },
  es: {
    mild: `mierda, mierdas, idiota, idiotas, imbécil, imbéciles, estúpido de, cállate, tarado, tarada, pendejada*, carajo, maldita sea`,
    strong: `joder, jodido, jodida, jódete, coño, puta, putas, puto, putos, hijo de puta, hijos de puta, hija de puta, hijueputa,
      cabrón, cabrones, cabrona, gilipollas, pendejo*, pendeja*, chinga tu madre, vete a la mierda, me cago en, mamón, zorra de`,
    severe: `maricón, maricones, sudaca*, negro de mierda, moro de mierda, mátate, te voy a matar, ojalá te mueras`,
  },
  it: {
    mild: `merda, merde, idiota, idioti, imbecille, imbecilli, cretino, cretina, cretini, deficiente, sta zitto, che palle, accidenti a`,
    strong: `cazzo, cazzi, cazzata, cazzate, incazzat*, stronzo*, stronza*, stronzi, stronze, stronzat*, vaffanculo, affanculo,
      fanculo, puttana, puttane, figlio di puttana, figli di puttana, coglione, coglioni, minchia, bastardo, bastardi, porco dio,
      testa di cazzo`,
    severe: `frocio, froci, ricchione, ricchioni, negro di merda, terrone di merda, ammazzati, ti ammazzo, devi morire`,
  },
  pt: {
    mild: `droga de, idiota, idiotas, imbecil, imbecis, otário, otária, cala a boca, babaca, babacas`,
    strong: `merda, caralho, foda-se, foda, foder, fodido, fodida, puta, putas, filho da puta, filhos da puta, puta que pariu,
      vai se foder, vai tomar no cu, arrombado, arrombada, buceta, cuzão, corno de`,
    severe: `viado de, viadinho, bicha de, preto de merda, macaco preto, se mata, vou te matar, mata-te`,
  },
  nl: {
    mild: `verdomme, godverdomme, idioot, idioten, sukkel, sukkels, stommeling, hou je bek, kop dicht, rot op`,
    strong: `kut, kutwijf, klootzak, klootzakken, klote, hoer, hoeren, hoerenzoon, slet, sletten, lul, lullen, teringlijer*,
      kankerlijer*, tyfuslijer*, mongool, mongolen, godverdommese, flikker op`,
    severe: `negers, nikker, nikkers, kutmarokkaan*, flikkers, pleur dood, maak jezelf dood, ik maak je dood`,
  },
  pl: {
    mild: `cholera jasna, idiota, idioci, idiotka, debil, debile, kretyn, kretyni, dupa, dupek, zamknij się, głupek`,
    strong: `kurw*, skurw*, wkurw*, chuj*, huj, pierdol*, spierdal*, wypierdal*, zapierdal*, jebać, jebany, jebana, jebane, pojeb*,
      zajeb*, pizda, pizdy, suka jebana, sukinsyn*, gówno`,
    severe: `pedały, cwel, cwele, żydek, czarnuch*, ciapaty, ciapaci, zabij się, zabiję cię`,
  },
  ru: {
    mild: `идиот, идиоты, дурак, дура, дебил, дебилы, придурок, заткнись`,
    strong: `блять, блядь, бляди, сука, суки, хуй*, хуя, хуйня, пизд*, ебать, ебан*, ёбан*, заеб*, мудак*, мудила, гандон, говно`,
    severe: `жид, жиды, хач, хачи, чурка, чурки, пидор*, пидарас*, убей себя, сдохни`,
  },
  ja: {
    mild: `馬鹿野郎, バカヤロー, アホか, うざい, ウザい, カスが`,
    strong: `クソ, くそったれ, クソ野郎, くたばれ, ふざけるな, ブス, クズ野郎`,
    severe: `死ねよ, しねよ, 氏ね, 殺してやる, きちがい, キチガイ, チョン公`,
  },
  zh: {
    mild: `混蛋, 滚蛋, 白痴, 妈的, 废物, 闭嘴`,
    strong: `傻逼, 傻屄, 煞笔, 操你, 肏你, 他妈的, 你妈的, 婊子, 王八蛋, 狗屎, 贱人, 狗娘养的`,
    severe: `去死吧, 支那猪, 黑鬼, 杀了你, 死全家`,
  },
}
