/** Words of grammar, without accents: they carry a sentence, not what it says. */
const ENGLISH = `a an the this that these those is are was were be been being am do does did done have has had having will
would shall should can could may might must ought of in on at to from by for with about into onto over under through
between among during within without against across along around behind beside beyond near off out up down upon as than
then so too also very just only even still yet already again ever never not no nor and or but if because since while
when where who whom whose which what why how it its itself he him his himself she her hers herself they them their
theirs themselves we us our ours ourselves you your yours yourself i me my mine myself one ones there here some any
each every either neither both all most more less least few many much several other another such own same s t well
really quite rather pretty actually basically yes yeah yep no nope ok okay oh ah hey like lot lots get got`
const GERMAN = `der die das den dem des ein eine einen einem einer eines und oder aber ist sind waren wird werden wurde
wurden hat haben hatte hatten kann konnen muss mussen soll sollen darf durfen nicht kein keine auch nur noch schon sehr
mit von zu zum zur bei beim aus nach vor fur uber unter zwischen ohne gegen durch um im in am an auf als wie wenn weil
dass ob so es er sie wir ihr ich du mich dich sich uns euch mein dein sein ihre ihren ihrem diese dieser dieses diesem
diesen jede jeder jedes hier dort da dann denn doch`
const FRENCH = `le la les un une des du de d l et ou mais est sont etait etaient sera seront a ont avait avaient etre avoir
peut peuvent doit doivent ne pas plus non qui que qu quoi dont ou quand comment pourquoi ce cet cette ces il elle ils
elles on nous vous je j me m te t se s sa ses leur leurs mon ma mes ton ta tes notre votre nos vos au aux en dans sur
sous par pour avec sans entre chez vers si tres aussi y c n`
const SPANISH = `el la los las un una unos unas de del y o u pero es son era eran sera seran ha han habia fue fueron ser estar
esta estan puede pueden debe deben no si que quien cual cuando donde como porque por para con sin sobre entre hasta
desde en a al lo le les se me te nos su sus mi mis tu tus este esta estos estas ese esa muy mas tambien ya hay`
const OTHERS = `il lo gli i uno di da dei delle della nel nella sul che chi non con per sono era essere ha hanno anche
o os as um uma do da dos das no na nos nas em ao nao sao foi ser tem mas ou se
de het een en van is zijn was niet op te aan voor er die dat ook maar of om
och att det som en ett den ar inte med for pa av i og er ikke til
i w na z do nie jest to sie ze jak ale oraz
и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по ее мне это этот от из для`

const SMALL = new Set([ENGLISH, GERMAN, FRENCH, SPANISH, OTHERS].join(' ').split(/\s+/))
/** Words of little meaning of their own: what they stand with says what is meant. */
const LIGHT = new Set(
  `take takes taken make makes made give gives given go goes come comes put keep use uses used see look say says said tell
call called know known want need needs try seem become include includes included provide provides provided contain contains
please note following follow follows available possible able way thing things case located based regarding concerning
according refer refers related stated mentioned described currently generally typically usually however therefore also
additionally furthermore moreover overall summary total specifically namely example
gibt geben machen macht gehen geht kommt nehmen verwenden verfugbar moglich mussen sollten beachten folgende laut gemass
faire fait faites prendre aller venir donner disponible possible suivant selon hacer hace tomar dar disponible posible segun`.split(
    /\s+/,
  ),
)
/** Words of grammar that one of the languages has alone, or nearly so. */
const TELLING = {
  en: 'the is are was were of and to with for this that these it they from by has have which what can will not you',
  de: 'der das dem ein eine einen einem einer und oder ist sind wird werden nicht mit von zum zur auch fur auf im sie ich',
  fr: 'le les une des et est sont du dans pour sur avec qui que ne pas aux cette vous nous il elle',
  es: 'el los las una y es son del en por para con se su no lo mas como pero hay',
  it: 'il gli di che non della delle sono nel per una e con dei alla',
  pt: 'o os uma do da e nao em para com dos das ao sao um',
  nl: 'het een van en is niet dat op te zijn voor met aan de',
}
const NONE: readonly string[] = []
const LANGUAGES = new Map<string, string[]>()
for (const [language, words] of Object.entries(TELLING))
  for (const word of words.split(' ')) LANGUAGES.set(word, [...(LANGUAGES.get(word) ?? []), language])
/** The language that is told has so many times as many such words as the next one, and at least so many. */
const AHEAD = { times: 2, least: 3, share: 0.12 }

/** Is it a word of grammar, in one of the larger European languages? In small letters, without accents. */
export function isSmallWord(text: string): boolean {
  return SMALL.has(text)
}

/** Is it a word that every text about anything has? */
export function isLightWord(text: string): boolean {
  return LIGHT.has(text)
}

/** The language of a text by its words of grammar; `null` where they are few, or could be of several languages. */
export function languageByWords(texts: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const language of LANGUAGES.get(text) ?? NONE) counts.set(language, (counts.get(language) ?? 0) + 1)
  const [first, second] = [...counts].sort((one, other) => other[1] - one[1])
  if (first === undefined) return null
  const clear = first[1] >= Math.max(AHEAD.least, AHEAD.times * (second?.[1] ?? 0), texts.length * AHEAD.share)
  return clear ? first[0] : null
}
