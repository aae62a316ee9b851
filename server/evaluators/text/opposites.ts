import { stemOf } from './stems.ts'

/** Words that say the opposite of each other: the two sides divided by a slash, pairs by a bar. Accents left out. */
const POLES = `allow permit accept eligible entitled erlaubt gestattet zulassig autorise permis admis permitido
/ forbid forbidden prohibit prohibited ban banned reject refuse deny decline disallow ineligible verboten untersagt interdit prohibido
| include included inclusive inbegriffen enthalten inclus incluido / exclude excluded exclusive ausgeschlossen exclu excluido
| increase grow rise raise gain climb steigen stieg gestiegen erhoht augmente aumenta sube
/ decrease reduce reduced fall fell drop decline shrink lose sinken sank gesunken verringert diminue baisse disminuye baja
| before vor avant antes / after nach apres despues | more mehr mas / less fewer weniger moins menos
| above over exceed uber / below under beneath unter | maximum max most highest hochstens / minimum min least lowest mindestens
| first erste premier primero / last final letzte dernier ultimo
| open opened opening offen geoffnet ouvert abierto / close closed shut geschlossen ferme cerrado
| enable active activate on aktiviert / disable inactive deactivate off deaktiviert | possible moglich / impossible unmoglich
| free kostenlos gratis gratuit / paid charged kostenpflichtig payant pago | high hoch haut alto / low niedrig bas bajo
| start begin launch / end finish stop conclude | win won victory / lose lost defeat
| true richtig vrai verdad / false wrong falsch faux falso | public offentlich / private privat
| mandatory required obligatory compulsory obligatoire obligatorio / optional voluntary facultatif opcional
| valid gultig valable / invalid ungultig expired abgelaufen | buy bought purchase / sell sold | import / export
| upper / lower | older / newer | left links gauche izquierda / right rechts droite derecha
| north northern nord / south southern sud | east eastern / west western | hot warm / cold cool
| succeed success pass passed / fail failed failure | approve approved / reject rejected decline declined | fast quick / slow
| long / short | large big great / small little | strong / weak | early / late | safe / dangerous unsafe hazardous
| positive / negative | present / absent | best / worst | male man men / female woman women | day / night | summer / winter
| add added / remove removed delete deleted | encrypted / unencrypted | online / offline | indoor inside / outdoor outside`
const SIDES = new Map<string, { pair: number; side: number }[]>()
POLES.split('|').forEach((poles, pair) => {
  poles.split('/').forEach((words, side) => {
    for (const word of words.trim().split(/\s+/)) {
      const stem = stemOf(word)
      SIDES.set(stem, [...(SIDES.get(stem) ?? []), { pair, side }])
    }
  })
})
const PREFIX = /^(?:un|dis|in|im|ir|non)(?=\p{L}{4})/u

/** Does one stem say the opposite of the other? */
export function areOpposites(one: string, other: string): boolean {
  const sides = SIDES.get(one)
  const others = sides && SIDES.get(other)
  if (others?.some(({ pair, side }) => sides!.some((each) => each.pair === pair && each.side !== side))) return true
  return isPrefixed(one, other) || isPrefixed(other, one)
}

/** Is it one of those that have an opposite, whatever its prefix? */
export function hasOpposite(stem: string): boolean {
  return SIDES.has(stem)
}

/** `unavailable`, `available`. */
function isPrefixed(long: string, short: string): boolean {
  const prefix = long.length > short.length && long.endsWith(short) ? PREFIX.exec(long)?.[0] : undefined
  return prefix !== undefined && prefix.length === long.length - short.length
}
